"""What is computed: choosing between facts, valuation, hype, launch, bridges, checks."""
