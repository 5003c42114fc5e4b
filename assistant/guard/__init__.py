"""What stands before the pipeline: personal numbers out, attacks and empty questions answered."""
