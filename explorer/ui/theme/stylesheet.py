"""A theme's window colours become one style sheet and one palette, which decide how the window looks."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from explorer.core.errors import ExplorerError

FONT_FAMILIES = (
    "Inter",
    "Segoe UI",
    "SF Pro Text",
    "Helvetica Neue",
    "Noto Sans",
    "Liberation Sans",
    "Arial",
)
"""What the window is set in: the first of these that the machine has."""

DEFAULT_TEXT_PIXELS = 14
"""The height in pixels of a system's text that nobody has enlarged."""


@dataclass(frozen=True)
class WindowColors:
    """The colours of a theme's window as `#rrggbb`; the soft ones lie behind text of their namesake."""

    base: str
    panel: str
    card: str
    card_hover: str
    line: str
    ink: str
    muted: str
    accent: str
    accent_ink: str
    accent_soft: str
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    info: str
    info_soft: str
    focus: str

    @classmethod
    def from_mapping(cls, table: Mapping[str, object]) -> WindowColors:
        """The colours of a `[window]` table; every missing or unreadable one is named."""
        faults = [
            f"{field.name} = {table.get(field.name, 'nothing')}"
            for field in fields(cls)
            if not re.fullmatch(r"#[0-9A-Fa-f]{6}", str(table.get(field.name)))
        ]
        if faults:
            raise ExplorerError(f"The theme's [window] has {', '.join(faults)}; expected #rrggbb.")
        return cls(**{field.name: str(table[field.name]) for field in fields(cls)})


def mix_colors(one: str, other: str, share: float) -> str:
    """A colour between two: `share` of the other in the one.

    >>> mix("#000000", "#ffffff", 0.2)
    '#333333'
    """
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def choose_font_family(available: Collection[str]) -> str:
    """The first family of ours that is available, else none in particular.

    >>> family(["Comic Sans", "Arial", "Segoe UI"])
    'Segoe UI'
    """
    return next((name for name in FONT_FAMILIES if name in available), "")


def text_scale(system: QFont) -> float:
    """How much larger than ordinary the person has set the system's text, within reason."""
    return min(2.0, max(1.0, QFontInfo(system).pixelSize() / DEFAULT_TEXT_PIXELS))


def apply_base_style(app: QApplication) -> None:
    """Give the whole application its style and typeface, once, before any window is made."""
    app.setStyle(QStyleFactory.create("Fusion"))
    font = app.font()
    if name := choose_font_family(QFontDatabase.families()):
        font.setFamily(name)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    app.setFont(font)


def make_palette(colours: WindowColors) -> QPalette:
    """What Qt paints where the style sheet says nothing."""
    of = QPalette.ColorRole
    roles = {
        of.Window: colours.panel,
        of.WindowText: colours.ink,
        of.Base: colours.card,
        of.AlternateBase: colours.panel,
        of.Text: colours.ink,
        of.Button: colours.card,
        of.ButtonText: colours.ink,
        of.BrightText: colours.bad,
        of.ToolTipBase: colours.card,
        of.ToolTipText: colours.ink,
        of.PlaceholderText: colours.muted,
        of.Highlight: colours.accent,
        of.HighlightedText: colours.accent_ink,
        of.Accent: colours.accent,
        of.Link: colours.accent,
        of.LinkVisited: colours.accent,
        of.Mid: colours.line,
    }
    made = QPalette(QColor(colours.panel))
    for role, colour in roles.items():
        made.setColor(role, QColor(colour))
    for role in (of.WindowText, of.Text, of.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.line))
    return made


def make_style_sheet(colours: WindowColors, scale: float = 1.0) -> str:
    """The one style sheet, with every size of text multiplied by `scale`."""
    values = {field.name: str(getattr(colours, field.name)) for field in fields(colours)}
    values["hair"] = mix_colors(colours.line, colours.panel, 0.66)
    for tone in ("warn", "bad", "info", "accent"):
        values[f"{tone}_line"] = mix_colors(values[f"{tone}_soft"], values[tone], 0.35)
    for name, pixels in {"tiny": 12, "small": 13, "body": 15, "title": 17, "head": 21}.items():
        values[f"t_{name}"] = f"{round(pixels * scale)}px"
    return Template(_STYLE_SHEET).substitute(values)


_STYLE_SHEET = """
QWidget { font-size: $t_body; color: $ink; }
QMainWindow, QDialog { background: $panel; }
QToolTip { background: $card; color: $ink; border: 1px solid $line; padding: 6px 8px; font-size: $t_small; }

QLabel { background: transparent; selection-background-color: $accent; selection-color: $accent_ink; }
QLabel[role="head"] { font-size: $t_head; font-weight: 700; }
QLabel[role="title"] { font-size: $t_title; font-weight: 700; }
QLabel[role="strong"] { font-weight: 700; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="small"] { color: $muted; font-size: $t_small; }
QLabel[role="tiny"] { color: $muted; font-size: $t_tiny; }
QLabel[role="note"] { font-size: $t_small; }
QLabel[role="over"] { color: $muted; font-size: $t_tiny; font-weight: 700; }
QLabel[role="key"] { color: $muted; font-size: $t_tiny; font-weight: 700; border: 1px solid $hair;
    border-radius: 5px; background: $panel; }
QLabel[role="chip"] { color: $ink; font-size: $t_small; background: $accent_soft; border-radius: 9px;
    padding: 2px 9px; }
Card[tone="bad"] QLabel[role="chip"] { background: $card; }
QLabel[tone="good"] { color: $good; }
QLabel[tone="warn"] { color: $warn; }
QLabel[tone="bad"] { color: $bad; }
QLabel[tone="info"] { color: $info; }
QLabel[tone="accent"] { color: $accent; }
QLabel[tone="muted"] { color: $muted; }

Mark { color: $muted; }
Mark[tone="good"] { color: $good; }
Mark[tone="warn"] { color: $warn; }
Mark[tone="bad"] { color: $bad; }
Mark[tone="info"] { color: $info; }
Mark[tone="accent"] { color: $accent; }
Mark[tone="line"] { color: $line; }

QScrollArea, QScrollArea > QWidget > QWidget#content { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $hair; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $line; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $hair; }
QSplitter::handle:hover { background: $accent; }

#walk, #takeaways { background: $panel; }
#toolbar { background: $panel; border: none; border-bottom: 1px solid $hair; }
#outcome { background: $panel; border: none; border-top: 1px solid $hair; }
#brand { font-size: $t_title; font-weight: 700; }
#rule { background: $hair; border: none; }

Card { background: $card; border: 1px solid $hair; border-radius: 10px; }
StepRow[tone="bad"] { background: $bad_soft; border-color: $bad_line; }
StepRow[tone="bad"]:focus { border-color: $focus; }
Card[tone="current"] { border: 1px solid $accent_line; }
Card[tone="current"]:focus { border: 2px solid $focus; }
Card[tone="bad"] { background: $bad_soft; border-color: $bad_line; }
Card[tone="warn"] { background: $warn_soft; border-color: $warn_line; }
Card[tone="info"] { background: $info_soft; border-color: $info_line; border-radius: 8px; }
Card[tone="quiet"] { background: $panel; border-color: $hair; border-radius: 8px; }

ClickArea { background: transparent; border: 2px solid transparent; border-radius: 8px; }
ClickArea:hover { background: $card_hover; }
ClickArea:focus { border-color: $focus; }
AnswerButton { background: $card; border: 1px solid $hair; border-radius: 8px; }
AnswerButton:hover { background: $card_hover; border-color: $line; }
AnswerButton:checked { background: $accent_soft; border: 1px solid $accent; }
AnswerButton:focus { border: 2px solid $focus; }
Repair { background: $card; border: 1px solid $bad_line; }
Repair:hover { background: $card_hover; border-color: $bad; }
Repair:focus { border: 2px solid $focus; }
OutcomeItem:checked { background: $accent_soft; }
OutcomeItem[tone="considered"] { border: 2px dashed $accent_line; background: $card; }
OutcomeItem:focus { border: 2px solid $focus; }

QPushButton, QToolButton { background: transparent; border: 1px solid transparent; border-radius: 7px;
    padding: 5px 8px; min-height: 20px; }
QDialog QPushButton { background: $card; border-color: $line; }
QPushButton[role="link"] { color: $accent; padding: 1px 0; border: 2px solid transparent; border-radius: 4px;
    margin-left: -2px; font-size: $t_small; text-align: left; }
QPushButton[role="link"][tone="info"] { color: $info; }
QPushButton:hover, QToolButton:hover { background: $card_hover; }
QPushButton[role="link"]:hover { background: transparent; text-decoration: underline; }
QPushButton:pressed, QToolButton:pressed { background: $accent_soft; }
QToolButton:checked { background: $accent_soft; color: $accent; }
QPushButton:focus, QToolButton:focus { border: 2px solid $focus; padding: 4px 7px; }
QPushButton[role="link"]:focus { padding: 1px 0; border-color: $focus; }
QPushButton:disabled, QToolButton:disabled { color: $line; }
QToolButton[words="true"] { padding-right: 3px; }
QToolButton[words="true"]:focus { padding-right: 2px; }
QToolButton::menu-indicator { image: none; width: 0; }

#switch { background: $hair; border: none; border-radius: 8px; }
QPushButton[role="option"] { color: $muted; font-size: $t_small; font-weight: 700; border-radius: 6px;
    padding: 3px 6px; min-height: 18px; }
QPushButton[role="option"]:checked { background: $card; color: $ink; }
QPushButton[role="option"]:focus { border: 2px solid $focus; padding: 2px 5px; }
Card[tone="page"] { background: $warn_soft; border-color: $warn_line; border-radius: 8px; }

QPlainTextEdit { background: $card; border: 1px solid $line; border-radius: 8px; padding: 2px 5px;
  color: $ink; font-size: $t_small; }
QPlainTextEdit:focus { border: 2px solid $focus; padding: 1px 4px; }
QLineEdit { background: $card; border: 1px solid $line; border-radius: 8px; padding: 6px 9px;
    selection-background-color: $accent; selection-color: $accent_ink; }
QLineEdit:focus { border: 2px solid $focus; padding: 5px 8px; }
QProgressBar { background: $hair; border: none; border-radius: 2px; min-height: 4px; max-height: 4px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }

QTabBar { background: $panel; }
QTabBar::tab { color: $muted; padding: 9px 14px 7px 14px; border: none; border-bottom: 3px solid transparent;
    font-weight: 700; }
QTabBar::tab:selected { color: $ink; border-bottom-color: $accent; }
QTabBar::tab:hover { color: $ink; background: $card_hover; }
QTabBar::tab:selected:focus { background: $accent_soft; }
#views { background: $panel; border: none; border-bottom: 1px solid $hair; }
QComboBox { background: $card; border: 1px solid $line; border-radius: 8px; padding: 5px 9px;
    min-height: 20px; }
QComboBox:hover { background: $card_hover; }
QComboBox:focus { border: 2px solid $focus; padding: 4px 8px; }
QComboBox:disabled { color: $line; border-color: $hair; }
Choice::drop-down { border: none; width: 22px; }
QComboBox { combobox-popup: 0; }
QComboBox QAbstractItemView::item { min-height: 26px; padding: 0 8px; }
QCheckBox { spacing: 8px; padding: 2px; border: 2px solid transparent; border-radius: 6px; }
QCheckBox:disabled, QDialog QLabel:disabled { color: $line; }
QCheckBox:focus { border-color: $focus; }
QCheckBox::indicator { width: 16px; height: 16px; border: 1px solid $muted; border-radius: 4px;
    background: $card; }
QCheckBox::indicator:hover { background: $card_hover; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; }
QCheckBox::indicator:disabled { background: $panel; border-color: $hair; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QFileDialog { qproperty-minimumSize: 860px 520px; }
QFileDialog QTreeView, QFileDialog QListView { font-size: $t_small; }
QFileDialog QComboBox { border-radius: 0; }
QFileDialog QToolButton { qproperty-toolButtonStyle: ToolButtonTextOnly; font-size: $t_title; }
QFileDialog #backButton { qproperty-text: "←"; }
QFileDialog #forwardButton { qproperty-text: "→"; }
QFileDialog #toParentButton { qproperty-text: "↑"; }
QFileDialog #newFolderButton { qproperty-text: "+"; }
QFileDialog #listModeButton { qproperty-text: "☰"; }
QFileDialog #detailModeButton { qproperty-text: "≡"; }
#exported { background: $base; border: 1px solid $hair; border-radius: 8px; padding: 12px; }
QComboBox QAbstractItemView, QFileDialog QAbstractItemView { background: $card; color: $ink;
    border: 1px solid $line;
    selection-background-color: $accent_soft; selection-color: $ink; }
QTableView { background: $card; border: none; border-top: 1px solid $hair; gridline-color: $hair;
    selection-background-color: $accent_soft; selection-color: $ink; }
QTableView::item { padding: 4px 10px; }
QTableView:focus { border: 2px solid $focus; }
QHeaderView { background: $panel; }
QHeaderView::section { background: $panel; color: $muted; border: none; border-bottom: 1px solid $hair;
    padding: 7px 10px; font-size: $t_small; font-weight: 700; }
QTableCornerButton::section { background: $panel; border: none; }

QMenu { background: $card; border: 1px solid $line; border-radius: 8px; padding: 6px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: 6px; min-width: 200px; }
QMenu::item:selected { background: $accent_soft; color: $ink; }
QMenu::item:disabled { color: $line; }
QMenu::separator { height: 1px; background: $hair; margin: 6px 8px; }
QMenu::icon { padding-left: 8px; }
QMenu::indicator { width: 14px; height: 14px; padding-left: 8px; }

#preview { background: $card; border: 2px dashed $accent_line; border-radius: 10px; }

#problems { border: none; border-bottom: 2px solid $bad_line; background: $card; }
#notice { border: none; border-bottom: 1px solid $info_line; background: $info_soft; }
#notice QPushButton { background: $card; border-color: $info_line; }
#notice[tone="bad"] { background: $bad_soft; border-bottom: 1px solid $bad_line; }
"""
