"""How citizens write Chinese with a finger."""
