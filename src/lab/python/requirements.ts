/**
 * What a Python that tq makes has: changed, it is made anew. From version 8 on, redis gives up a wait that is longer
 * than its socket timeout, and HotQueue's workers die of it after a minute without a message.
 */
export const REQUIREMENTS = ["hotqueue==0.2.8", "redis<8", "flask", "fastapi", "uvicorn", "celery", "falcon"];
