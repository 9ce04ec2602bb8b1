"""What the worker can do. The web imports it, to be able to ask for it."""

import os

from celery import Celery

app = Celery(
    "tasks",
    broker=os.environ.get("BROKER", "amqp://localhost"),
    backend=os.environ.get("BACKEND", "redis://localhost:6379/0"),
)


def is_prime(number):
    if number < 2:
        return False
    if number % 2 == 0:
        return number == 2
    divisor = 3
    while divisor * divisor <= number:
        if number % divisor == 0:
            return False
        divisor += 2
    return True


@app.task
def check_number(number):
    return {"number": number, "is_prime": is_prime(number)}
