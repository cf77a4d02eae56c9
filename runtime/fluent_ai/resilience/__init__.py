"""Retries: the loop of attempts, its policy and its waits."""
