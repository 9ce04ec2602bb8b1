"""Tells a program that does not come on from one that has too little of the machine: what counts is processor time that
it used, and time in which nothing happened although the machine was free, never time that has merely gone by."""

import os
import sys
import threading
import time

from . import settings
from .notes import note

# Seconds that this thread may be late and the machine still counts as free, and of the processor that are as good as none.
_LATE = 0.05
_IDLE = 0.005
# Seconds between two tellings of the same.
_AGAIN = 0.5

_sleep = time.sleep
_now = time.monotonic
_cpu = time.process_time
_time = time.time

HERE = os.path.dirname(os.path.abspath(__file__))


class Asked:
    """Seconds that the program asked to sleep or to wait for a message, whether or not they were shortened."""

    seconds = 0.0


# Grows where a program surely came on: with each message that it got.
class Came:
    on = 0


class Limits:
    """Seconds: of processor time, of quiet, and of sleep that was asked for, after which a program does not come on, and
    between two looks."""

    def __init__(self, computes, waits, sleeps, pause=0.1):
        self.computes, self.waits, self.sleeps, self.pause = computes, waits, sleeps, pause


class Episode:
    """The time in which a thread has come to no new line, in none of the frames that have been there all the while."""

    def __init__(self, frames, before=None):
        self.frames = frames
        self.seen = steps_of(frames)
        self.root, self.came = key_of(frames[0]), Came.on
        if before and (before.root, before.came) == (self.root, self.came):
            self.seen |= before.seen
        self.lowest = [line for _, line, _ in frames]
        self.began = _time()
        self.asked = Asked.seconds
        self.computed = self.quiet = self.passed = 0.0

    def goes_on(self, frames):
        """False where there is something new, which begins another episode."""
        if self.came != Came.on or key_of(frames[0]) != self.root or not steps_of(frames) <= self.seen:
            return False
        same = 0
        while same < min(len(frames), len(self.frames)) and key_of(frames[same]) == key_of(self.frames[same]):
            self.lowest[same] = min(self.lowest[same], frames[same][1])
            same += 1
        self.frames = self.frames[:same]
        return True

    def where(self):
        (_, _, code) = self.frames[-1]
        return code.co_filename, self.lowest[len(self.frames) - 1]

    def verdict(self, limits):
        asked = Asked.seconds - self.asked
        if self.computed >= limits.computes:
            return "computes", self.computed
        if asked >= limits.sleeps and self.passed >= limits.waits:
            return "sleeps", asked
        if self.quiet >= limits.waits:
            return "waits", self.quiet
        return None, 0


def key_of(frame):
    return frame[0], frame[2]


def place_of(frame):
    return frame[2].co_filename, frame[1]


def steps_of(frames):
    """Lines of modules, and of the first function that they call: a new one is a step ahead, deeper ones may go in circles."""
    at = next((n for n, (_, _, code) in enumerate(frames) if code.co_name != "<module>"), len(frames) - 1)
    return {place_of(frame) for frame in frames[: at + 1]}


def look_at(frame, folder):
    """The student's frames of a stack, the outermost first, as (id, line, code), and what stands above the last."""
    frames, above = [], set()
    while frame is not None:
        code = frame.f_code
        if code.co_filename.startswith(folder):
            frames.append((id(frame), frame.f_lineno, code))
        elif not frames:
            if code.co_filename.startswith("<frozen importlib"):
                above.add("import")
            elif code.co_filename.startswith(HERE):
                above.add(code.co_name)
        frame = frame.f_back
    return frames[::-1], above


def all_wait():
    """No thread but this one could go on: none computes or wants to, none waits for a disk. True where nobody tells."""
    own = str(threading.get_native_id())
    try:
        for thread in os.listdir("/proc/self/task"):
            if thread != own:
                with open(f"/proc/self/task/{thread}/stat") as file:
                    if file.read().rpartition(")")[2].split()[0] in "RD":
                        return False
    except OSError:
        pass  # another system, or a thread that has just ended
    return True


class Watch:
    """Calls `tell(how, seconds, began, file, line, above, thread)` about each thread that does not come on, again and again."""

    def __init__(self, folder, limits, tell):
        self.folder, self.limits, self.tell = folder, limits, tell
        self.episodes = {}
        self.told = {}
        # Where the server stands in the student's code: its thread waits for requests there.
        self.server = None

    def start(self):
        threading.Thread(target=self.run, daemon=True).start()

    def serves(self):
        frames, _ = look_at(sys._getframe(1), self.folder)
        self.server = (threading.get_ident(), len(frames))

    def run(self):
        last, used = _now(), _cpu()
        while True:
            _sleep(self.limits.pause)
            now, cpu = _now(), _cpu()
            try:
                self.look(now - last, cpu - used)
            except RuntimeError:
                pass  # threads come and go
            last, used = now, cpu

    def look(self, passed, computed):
        is_quiet = passed < self.limits.pause + _LATE and computed < _IDLE and all_wait()
        stacks = sys._current_frames()
        stacks.pop(threading.get_ident(), None)
        for thread in set(self.episodes) - set(stacks):
            del self.episodes[thread]
        for thread, frame in stacks.items():
            frames, above = look_at(frame, self.folder)
            serving = self.server and thread == self.server[0] and len(frames) <= self.server[1]
            # What a library needs to be loaded depends on the disk.
            if not frames or serving or "import" in above:
                self.episodes.pop(thread, None)
                continue
            episode = self.episodes.get(thread)
            if episode is None or not episode.goes_on(frames):
                self.episodes[thread] = Episode(frames, episode)
                continue
            episode.passed += passed
            episode.computed += computed
            if is_quiet and "sleep" not in above:
                episode.quiet += passed
            how, seconds = episode.verdict(self.limits)
            if how and self.told.get(thread, 0) + _AGAIN <= _now():
                self.told[thread] = _now()
                self.tell(how, seconds, episode.began, *episode.where(), above, thread)
        del stacks


def watch_program():
    """Notes what the program that tq runs does not come on with."""
    global program
    program = Watch(settings.FOLDER, Limits(computes=2, waits=1.5, sleeps=120), _note_stuck)
    program.start()


program = None


def _note_stuck(how, seconds, began, file, line, above, thread):
    at = {"file": os.path.relpath(file, settings.FOLDER), "line": line}
    # Whoever waits for a message is not stuck, if that is what the program is for.
    facts = {"idle": "get" in above, "main": thread == threading.main_thread().ident}
    note(what="stuck", how=how, seconds=round(seconds, 1), began=began, time=_time(), at=at, **facts)
