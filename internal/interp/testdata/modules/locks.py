# Locks between threads: taken, waited for, waited for in vain, released by others.
import _thread, time

lock = _thread.allocate_lock()
print(lock.acquire(), lock.locked(), lock.acquire(False), lock.acquire(timeout=0.01), lock.release(), lock.locked())
try: lock.release()
except RuntimeError as e: print(e)

running = 0
def start(f, *args):
    global running
    running += 1
    def run():
        global running
        try: f(*args)
        finally: running -= 1
    _thread.start_new_thread(run, ())

def join():
    while running: time.sleep(0.001)

n = 0
def count(times):
    global n
    for i in range(times):
        with lock: n += 1
for i in range(5): start(count, 2000)
join()
print(n, lock.locked())

# Some give up waiting while others get it.
got = []
def limited(times):
    for i in range(times):
        if lock.acquire(timeout=0.002):
            got.append(True)
            lock.release()
        else:
            got.append(False)
lock.acquire()
for i in range(4): start(limited, 20)
time.sleep(0.02)
lock.release()
join()
print(len(got), True in got, lock.locked(), lock.acquire(False))

# Released by another thread.
def later():
    time.sleep(0.01)
    lock.release()
start(later)
print(lock.acquire(), lock.locked())
join()
lock._at_fork_reinit()
print(lock.locked(), lock.acquire(False), lock.acquire(False))
lock.release()

# Who takes it over and over lets others in.
stop = False
def hog():
    while not stop:
        with lock: pass
start(hog)
for i in range(20):
    with lock: n += 1
stop = True
join()
print(n)

r = _thread.RLock()
def other(): print('other', r.acquire(False), r._is_owned())
with r:
    with r: print(r._recursion_count(), r._is_owned(), r.locked())
    start(other)
    join()
saved = None
with r:
    saved = r._release_save()
    print(saved[0], r.locked(), r._acquire_restore(saved), r.locked())
try: r.release()
except RuntimeError as e: print(e)
