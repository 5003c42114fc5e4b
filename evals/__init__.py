"""The evaluation: real askers' questions, a runner, and scores anyone can compute again."""
