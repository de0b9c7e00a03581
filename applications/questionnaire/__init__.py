"""What is asked: sections and questions as data, answers, what is missing, the blank form."""
