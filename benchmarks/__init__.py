"""How fast Berth is: every figure measured beside what it is compared with, in one run."""
