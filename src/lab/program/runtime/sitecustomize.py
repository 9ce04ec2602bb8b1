"""Loaded by Python before a student's program, which runs unchanged: leads its Redis clients to the private Redis of
this run, keeps its hands off everything else, shortens its sleeps, and notes what was asked for."""

from tq_runtime import hidden

hidden.note_start()

import sys  # noqa: E402

from tq_runtime import clock, guard, imports, notes, places, progress, queues, redis_clients, settings, writes  # noqa: E402

if settings.ACTIVE:
    guard.install()
    places.install()
    if settings.WEB or settings.RECORD:
        from tq_runtime import web

        web.install()
    clock.install()
    imports.after({
        "redis.connection": redis_clients.lead_to_private_redis,
        "redis.asyncio.connection": redis_clients.lead_async_to_private_redis,
        "redis.client": writes.note_writes,
        "hotqueue": queues.note_queues,
    })
    notes.note(what="start")
    progress.watch_program()
    hidden.forget_beside(getattr(sys, "orig_argv", []))
