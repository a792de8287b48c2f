package dev.trestle.threadsensitive;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** Each protocol between two threads, by itself: what may come out of it, and nothing else. */
public final class Protocols {
  private Protocols() {}

  private static <R> BlockingCall<R> call(Callable<R> body) {
    return new BlockingCall<>(body, Workers.DELIVERY, CallOptions.DEFAULT);
  }

  private static int ended(CompletableFuture<?> future) {
    try {
      future.handle((value, thrown) -> 0).get(10, TimeUnit.SECONDS);
      return 1;
    } catch (Exception e) {
      return 0;
    }
  }

  /**
   * The same where the actors have run all that there is to run, so that what has not ended never
   * will: to wait for each would leave no time to meet the next.
   */
  private static int over(Call<?> call) {
    return call.isEnded() ? ended(call) : 0;
  }

  /** Where one actor waits until the other is about to do what the race is about. */
  private static class Meeting {
    private volatile boolean reached;

    void reach() {
      reached = true;
    }

    void meet() {
      while (!reached) {
        Thread.onSpinWait();
      }
      pause();
    }

    static void pause() {
      for (int i = ThreadLocalRandom.current().nextInt(1 << 5); i > 0; i--) {
        Thread.onSpinWait();
      }
    }
  }

  /** What is offered while the owner goes to sleep keeps it awake, or wakes it. */
  @JCStressTest
  @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "offered first: no sleep")
  @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "woken")
  @State
  public static class OfferAgainstPark {
    private final Lane lane = Lane.of(new Thread());
    private final BlockingCall<Integer> call = call(() -> 1);

    @Actor
    public void owner(II_Result r) {
      r.r1 = lane.prepareToPark() ? 1 : 0;
    }

    @Actor
    public void other() {
      lane.offer(call);
    }

    @Arbiter
    public void arbiter(II_Result r) {
      r.r2 = !lane.isAsleep() && lane.poll(null) == call ? 1 : 0;
    }
  }

  /** What is submitted while a frame ends is run, here or further out, and once. */
  @JCStressTest
  @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "run once")
  @State
  public static class SubmitAgainstFrameEnd {
    private final AtomicInteger ran = new AtomicInteger();
    private final CallerFrame<Integer> frame =
        new CallerFrame<>(null, owner -> new CallerLoop(owner) {}, CallOptions.DEFAULT);
    private final BlockingCall<Integer> call = call(ran::incrementAndGet);

    public SubmitAgainstFrameEnd() {
      call.home = frame;
      frame.lane();
    }

    @Actor
    public void owner() {
      frame.lane().leave(frame);
    }

    @Actor
    public void other() {
      Homes.submit(call);
    }

    @Arbiter
    public void arbiter(II_Result r) {
      r.r1 = ended(call);
      r.r2 = ran.get();
    }
  }

  /** What is offered while a lane closes is run or refused, and the lane ends. */
  @JCStressTest
  @Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "taken, and run")
  @Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "refused")
  @State
  public static class CloseAgainstSubmit {
    private final AtomicInteger ran = new AtomicInteger();
    private final AtomicReference<Runnable> serve = new AtomicReference<>();
    private final ServedLane lane = ServedLane.startedBy(serve::set, "closed");
    private final Meeting closes = new Meeting();
    private final BlockingCall<Integer> call = call(ran::incrementAndGet);

    public CloseAgainstSubmit() {
      // The last step before the owner looks whether it may end: else no offer comes in between.
      lane.offer(
          new Task(
              (Task.Own)
                  () -> {
                    closes.reach();
                    Meeting.pause();
                    var unused = lane.close();
                  }));
    }

    @Actor
    public void owner() {
      serve.get().run();
    }

    @Actor
    public void submits() {
      closes.meet();
      if (!lane.offer(call)) {
        call.refuse(lane.refusal());
      }
    }

    @Arbiter
    public void arbiter(III_Result r) {
      r.r1 = over(call);
      r.r2 = ran.get();
      r.r3 = ended(lane.close());
    }
  }

  /** Two threads start one call: its body runs once. */
  @JCStressTest
  @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "run once")
  @State
  public static class StartAgainstStart {
    private final AtomicInteger ran = new AtomicInteger();
    private final BlockingCall<Integer> call = call(ran::incrementAndGet);

    @Actor
    public void one() {
      call.run();
    }

    @Actor
    public void two() {
      call.runClaimed();
    }

    @Arbiter
    public void arbiter(II_Result r) {
      r.r1 = ended(call);
      r.r2 = ran.get();
    }
  }

  /** A call is started and finished while it is cancelled: it is one of the two, for all. */
  @JCStressTest
  @Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "cancelled before it started")
  @Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "cancelled while it ran")
  @Outcome(id = "0, 1, 0", expect = Expect.ACCEPTABLE, desc = "finished")
  @State
  public static class StartAndFinishAgainstCancel {
    private final AtomicInteger ran = new AtomicInteger();
    private final BlockingCall<Integer> call = call(ran::incrementAndGet);

    @Actor
    public void runs() {
      call.run();
    }

    @Actor
    public void cancels(III_Result r) {
      r.r1 = call.cancel(true) ? 1 : 0;
    }

    @Arbiter
    public void arbiter(III_Result r) {
      ended(call);
      r.r2 = ran.get();
      r.r3 = call.isCancelled() ? 1 : 0;
    }
  }

  /** A call that waits for a running body is cancelled: it waits, or never runs. */
  @JCStressTest
  @Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "cancelled before it started")
  @Outcome(id = "0, 1, 0", expect = Expect.ACCEPTABLE, desc = "finished, whatever cancel said")
  @State
  public static class FinishAgainstCancelThatWaits {
    private final AtomicInteger ran = new AtomicInteger();
    private final BlockingCall<Integer> call =
        new BlockingCall<>(
            ran::incrementAndGet,
            Workers.DELIVERY,
            CallOptions.DEFAULT.withCancel(CancelPolicy.WAIT));

    @Actor
    public void runs() {
      call.run();
    }

    @Actor
    public void cancels(III_Result r) {
      r.r1 = call.cancel(true) ? 1 : 0;
    }

    @Arbiter
    public void arbiter(III_Result r) {
      ended(call);
      r.r2 = ran.get();
      r.r3 = call.isCancelled() ? 1 : 0;
    }
  }

  /** An interrupt that is meant for a body never reaches what its thread does next. */
  @JCStressTest
  @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "the thread is clean")
  @State
  public static class InterruptAgainstFinish {
    private final BlockingCall<Integer> call =
        new BlockingCall<>(
            () -> 1, Workers.DELIVERY, CallOptions.DEFAULT.withCancel(CancelPolicy.INTERRUPT));

    @Actor
    public void runs(II_Result r) {
      call.run();
      r.r1 = Thread.interrupted() ? 1 : 0;
    }

    @Actor
    public void cancels() {
      call.cancel(true);
    }

    @Arbiter
    public void arbiter(II_Result r) {
      r.r2 = ended(call);
    }
  }

  /** A permit is lent while its holder starts to run: nobody loses it, nobody has it twice. */
  @JCStressTest
  @Outcome(id = "0, 0, 0, 1", expect = Expect.ACCEPTABLE, desc = "all given back")
  @State
  public static class LendAgainstRetake {
    private final Permits permits = new Permits("stressed", 1, 10);
    private final BlockingCall<Integer> holder = call(() -> 1);
    private final BlockingCall<Integer> waiter = call(() -> 2);

    public LendAgainstRetake() {
      permits.submit(holder, taken -> {});
      // The holder is queued behind a thread that is blocked, and waits for the waiter.
      Thread blocked =
          new Thread(
              () -> {
                CallerFrame<Integer> frame =
                    new CallerFrame<>(null, o -> new CallerLoop(o) {}, CallOptions.DEFAULT);
                frame.lane().startWaiting(frame);
                holder.queuedOn(frame.lane());
                Joins.join(waiter, frame);
              });
      blocked.start();
      try {
        blocked.join();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    @Actor
    public void retakes() {
      holder.run();
    }

    @Actor
    public void borrows() {
      permits.submit(waiter, BlockingCall::run);
    }

    @Arbiter
    public void arbiter(IIII_Result r) {
      r.r4 = ended(holder) & ended(waiter);
      Permits.Statistics now = permits.statistics();
      r.r1 = now.held();
      r.r2 = now.lent();
      r.r3 = now.waiting();
    }
  }

  /** A call comes while the only permit is given back: it gets it, and once. */
  @JCStressTest
  @Outcome(id = "1, 1, 1, 0", expect = Expect.ACCEPTABLE, desc = "has had the permit")
  @State
  public static class SubmitAgainstRelease {
    private final AtomicInteger ran = new AtomicInteger();
    private final AtomicInteger submitted = new AtomicInteger();
    private final Permits permits = new Permits("stressed", 1, 10);
    private final BlockingCall<Integer> holder = call(() -> 1);
    private final BlockingCall<Integer> second = call(ran::incrementAndGet);

    public SubmitAgainstRelease() {
      permits.submit(holder, taken -> {});
    }

    @Actor
    public void releases() {
      holder.releasePermit(); // as at the end of its body, and no later than the other comes
    }

    @Actor
    public void submits() {
      permits.submit(
          second,
          taken -> {
            submitted.incrementAndGet();
            taken.run();
          });
    }

    @Arbiter
    public void arbiter(IIII_Result r) {
      r.r1 = over(second);
      r.r2 = ran.get();
      r.r3 = submitted.get();
      r.r4 = inUse(permits);
    }
  }

  /** A call that waits is cancelled while it gets the permit, which then goes on to the next. */
  @JCStressTest
  @Outcome(id = "1, 0, 1, 0", expect = Expect.ACCEPTABLE, desc = "cancelled before it started")
  @Outcome(id = "1, 1, 1, 0", expect = Expect.ACCEPTABLE, desc = "cancelled while it ran")
  @Outcome(id = "0, 1, 1, 0", expect = Expect.ACCEPTABLE, desc = "finished")
  @State
  public static class CancelAgainstGrant {
    private final AtomicInteger ran = new AtomicInteger();
    private final AtomicInteger nextRan = new AtomicInteger();
    private final Permits permits = new Permits("stressed", 1, 10);
    private final BlockingCall<Integer> holder = call(() -> 1);
    private final BlockingCall<Integer> waiter = call(ran::incrementAndGet);
    private final BlockingCall<Integer> next = call(nextRan::incrementAndGet);

    public CancelAgainstGrant() {
      permits.submit(holder, taken -> {});
      permits.submit(waiter, BlockingCall::run);
      permits.submit(next, BlockingCall::run);
    }

    @Actor
    public void grants() {
      holder.run();
    }

    @Actor
    public void cancels(IIII_Result r) {
      r.r1 = waiter.cancel(true) ? 1 : 0;
    }

    @Arbiter
    public void arbiter(IIII_Result r) {
      over(waiter);
      r.r2 = ran.get();
      r.r3 = over(next) & nextRan.get();
      r.r4 = inUse(permits);
    }
  }

  /** A call is cancelled while it takes its place in the line: it does not stay there. */
  @JCStressTest
  @Outcome(id = "1, 0, 0", expect = Expect.ACCEPTABLE, desc = "only the holder is left")
  @State
  public static class CancelAgainstQueue {
    private final AtomicInteger ran = new AtomicInteger();
    private final Permits permits = new Permits("stressed", 1, 10);
    private final BlockingCall<Integer> waiter = call(ran::incrementAndGet);

    public CancelAgainstQueue() {
      permits.submit(call(() -> 1), taken -> {});
    }

    @Actor
    public void queues() {
      permits.submit(waiter, BlockingCall::run);
    }

    @Actor
    public void cancels() {
      waiter.cancel(true);
    }

    @Arbiter
    public void arbiter(III_Result r) {
      Permits.Statistics now = permits.statistics();
      r.r1 = now.held();
      r.r2 = now.waiting();
      r.r3 = ran.get();
    }
  }

  private static int inUse(Permits permits) {
    Permits.Statistics now = permits.statistics();
    return now.held() + now.lent() + now.waiting();
  }

  /**
   * A loop that is whoever queues a turn, one after the other, and stands still until it is over.
   * The body has a third thread: while it runs, the actor that gave it the turn sleeps.
   */
  private static final class Turns extends Meeting implements Delivery {
    private int begun;
    private int waits;

    @Override
    public boolean isCurrent() {
      return false;
    }

    @Override
    public synchronized void execute(Runnable turn) {
      begun++;
      turn.run();
    }

    /** Waits in the body, and notes whether that took another turn. */
    @SuppressWarnings("GuardedBy") // none begins while the body runs
    <T> T await(LoopTask<?> task, CompletableFuture<T> stage) throws Exception {
      int before = begun;
      try {
        return task.await(stage);
      } catch (Exception | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new AssertionError(e);
      } finally {
        waits += begun == before ? 0 : 1;
      }
    }

    /** How often the body was without a turn. */
    synchronized int waits() {
      return waits;
    }

    /** How many turns it was given for nothing. */
    synchronized int tooMany() {
      return begun - 1 - waits;
    }
  }

  /** A stage is done while a task begins to wait for it: the task goes on, and once. */
  @JCStressTest
  @Outcome(id = "1, 7, 0, 0", expect = Expect.ACCEPTABLE, desc = "done first: goes on in its turn")
  @Outcome(id = "1, 7, 1, 0", expect = Expect.ACCEPTABLE, desc = "goes on in one more turn")
  @State
  public static class StageDoneAgainstSuspend {
    private final Turns loop = new Turns();
    private final CompletableFuture<Integer> stage = new CompletableFuture<>();
    private final AtomicInteger value = new AtomicInteger();
    private final LoopTask<Integer> task = new LoopTask<>(this::body, loop, CallOptions.DEFAULT);

    private Integer body() throws Exception {
      loop.reach();
      value.addAndGet(loop.await(task, stage));
      return 1;
    }

    @Actor
    public void suspends() {
      task.submit();
    }

    @Actor
    public void completes() {
      loop.meet();
      stage.complete(7);
    }

    @Arbiter
    public void arbiter(IIII_Result r) {
      r.r1 = over(task);
      r.r2 = value.get();
      r.r3 = loop.waits();
      r.r4 = loop.tooMany();
    }
  }

  /** A loop is closed while a task begins to wait: the wait fails, and once. */
  @JCStressTest
  @Outcome(id = "1, 1, 0, 0", expect = Expect.ACCEPTABLE, desc = "closed: fails in its turn")
  @Outcome(id = "1, 1, 1, 0", expect = Expect.ACCEPTABLE, desc = "fails in one more turn")
  @State
  public static class AbandonAgainstSuspend {
    private final Turns loop = new Turns();
    private final BridgeException reason = new BridgeException("closed");
    private final AtomicInteger told = new AtomicInteger();
    private final LoopTask<Integer> task = new LoopTask<>(this::body, loop, CallOptions.DEFAULT);

    private Integer body() throws Exception {
      loop.reach();
      try {
        return loop.await(task, new CompletableFuture<Integer>());
      } catch (BridgeException e) {
        told.addAndGet(e == reason ? 1 : 10);
        return 1;
      }
    }

    @Actor
    public void suspends() {
      task.submit();
    }

    @Actor
    public void abandons() {
      loop.meet();
      task.abandon(reason);
    }

    @Arbiter
    public void arbiter(IIII_Result r) {
      r.r1 = over(task);
      r.r2 = told.get();
      r.r3 = loop.waits();
      r.r4 = loop.tooMany();
    }
  }

  /** A task is cancelled while its stage is done: it is told by that wait or the next, and once. */
  @JCStressTest
  @Outcome(id = "1, 0, 1, 0", expect = Expect.ACCEPTABLE, desc = "told by this wait")
  @Outcome(id = "1, 7, 1, 0", expect = Expect.ACCEPTABLE, desc = "has its value, told by the next")
  @State
  public static class CancelAgainstStageDone {
    private final Turns loop = new Turns();
    private final CompletableFuture<Integer> stage = new CompletableFuture<>();
    private final CompletableFuture<Integer> end = new CompletableFuture<>();
    private final AtomicInteger value = new AtomicInteger();
    private final AtomicInteger told = new AtomicInteger();
    private final LoopTask<Integer> task = new LoopTask<>(this::body, loop, CallOptions.DEFAULT);

    private Integer body() throws Exception {
      try {
        value.addAndGet(loop.await(task, stage));
      } catch (CancellationException e) {
        told.incrementAndGet();
      }
      if (told.get() == 0) {
        try {
          loop.await(task, end);
        } catch (CancellationException e) {
          told.incrementAndGet();
        }
      }
      try {
        loop.await(task, CompletableFuture.completedFuture(1));
      } catch (CancellationException e) {
        told.incrementAndGet();
      }
      return 1;
    }

    @Actor
    public void completes() {
      task.submit();
      loop.reach(); // the body waits
      Meeting.pause();
      stage.complete(7);
    }

    @Actor
    public void cancels() {
      loop.meet();
      task.cancel(false);
    }

    @Arbiter
    public void arbiter(IIII_Result r) {
      r.r1 = over(task);
      r.r2 = value.get();
      r.r3 = told.get();
      r.r4 = loop.tooMany();
    }
  }

  /** What is given while nobody wants it any more is had, or taken back. */
  @JCStressTest
  @Outcome(id = "1, 0, 0", expect = Expect.ACCEPTABLE, desc = "given")
  @Outcome(id = "0, 1, 1", expect = Expect.ACCEPTABLE, desc = "cancelled, and taken back")
  @State
  public static class GiveAgainstCancel {
    private final Given given = new Given();

    @Actor
    public void gives() {
      given.give();
    }

    @Actor
    public void cancels() {
      given.meet();
      given.waiting.cancel(false);
    }

    @Arbiter
    public void arbiter(III_Result r) {
      given.tell(r);
    }
  }

  /** What is given while it is given up is taken back in any case, and once. */
  @JCStressTest
  @Outcome(id = "1, 1, 0", expect = Expect.ACCEPTABLE, desc = "given, and taken back")
  @Outcome(id = "0, 1, 1", expect = Expect.ACCEPTABLE, desc = "given up, and taken back")
  @State
  public static class GiveAgainstAbandon {
    private final Given given = new Given();

    @Actor
    public void gives() {
      given.give();
    }

    @Actor
    public void abandons() {
      given.meet();
      given.waiting.abandon();
    }

    @Arbiter
    public void arbiter(III_Result r) {
      given.tell(r);
    }
  }

  /** A pool whose threads are run by actors, and end when they have been idle for no time. */
  private static final class Pool {
    private final Queue<Runnable> workers = new ConcurrentLinkedQueue<>();
    private final WorkerPool pool = new WorkerPool(this::thread, 1, 10, 10, 1);

    private Thread thread(Runnable worker) {
      return new Thread() {
        @Override
        public void start() {
          workers.add(worker);
        }
      };
    }

    /** Runs the workers that are there, until they end; returns how many there were. */
    int run() {
      int count = 0;
      for (Runnable worker = workers.poll(); worker != null; worker = workers.poll()) {
        worker.run();
        count++;
      }
      return count;
    }
  }

  /** A task is given while a worker becomes idle and ends: that one runs it, or a new one. */
  @JCStressTest
  @Outcome(id = "2, 0", expect = Expect.ACCEPTABLE, desc = "run by the same worker")
  @Outcome(id = "2, 1", expect = Expect.ACCEPTABLE, desc = "run by a new one")
  @State
  public static class HandOffAgainstIdleEnd {
    private final AtomicInteger ran = new AtomicInteger();
    private final Meeting idles = new Meeting();
    private final Pool workers = new Pool();

    public HandOffAgainstIdleEnd() {
      workers.pool.runTask(
          () -> {
            ran.incrementAndGet();
            idles.reach();
            Meeting.pause();
          });
    }

    @Actor
    public void worker() {
      workers.workers.remove().run();
    }

    @Actor
    public void gives() {
      idles.meet();
      workers.pool.runTask(ran::incrementAndGet);
    }

    @Arbiter
    public void arbiter(II_Result r) {
      r.r2 = workers.run();
      r.r1 = ran.get();
    }
  }

  /** A body is given while the only one that may run ends: it is its turn, and only then. */
  @JCStressTest
  @Outcome(id = "1, 1, 0", expect = Expect.ACCEPTABLE, desc = "taken by the same worker")
  @Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "run by a new one")
  @State
  public static class BodyAgainstEndOfBody {
    private final Meeting ends = new Meeting();
    private final Pool workers = new Pool();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final BlockingCall<Integer> second = call(this::count);

    public BodyAgainstEndOfBody() {
      workers.pool.runBody(
          call(
              () -> {
                ends.reach();
                Meeting.pause();
                return count();
              }));
    }

    private int count() {
      most.accumulateAndGet(running.incrementAndGet(), Math::max);
      return running.decrementAndGet();
    }

    @Actor
    public void worker() {
      workers.workers.remove().run();
    }

    @Actor
    public void gives() {
      ends.meet();
      workers.pool.runBody(second);
      workers.run();
    }

    @Arbiter
    public void arbiter(III_Result r) {
      r.r3 = workers.run();
      r.r1 = over(second);
      r.r2 = most.get();
    }
  }

  /** Two tasks are given while a worker goes to sleep: each wakes one, or keeps it awake. */
  @JCStressTest
  @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "both have run")
  @State
  public static class HandOffAgainstGoingIdle {
    private static final WorkerPool POOL =
        new WorkerPool(worker -> Homes.daemon(worker, "stressed"), 1, 100_000, 10, 0);

    private final BlockingCall<Integer> body = call(() -> 1);
    private final BlockingCall<Integer> task = call(() -> 1);

    @Actor
    public void givesBody(II_Result r) {
      POOL.runBody(body);
      r.r1 = ended(body);
    }

    @Actor
    public void givesTask(II_Result r) {
      POOL.runTask(task);
      r.r2 = ended(task);
    }
  }

  /** Something that is given on a worker, where it is delivered, for which the giver waits. */
  private static final class Given {
    private final AtomicInteger takenBack = new AtomicInteger();
    private final AtomicInteger givenUp = new AtomicInteger();
    private final Meeting worker = new Meeting();
    private final Waiting<Integer> waiting =
        new Waiting<>("stressed", List::of, cancelled -> givenUp.incrementAndGet(), value -> {});

    void give() {
      CompletableFuture<Integer> end = new CompletableFuture<>();
      Workers.DELIVERY.execute(
          () -> {
            worker.reach();
            waiting.give(7, takenBack::incrementAndGet);
            end.complete(1);
          });
      ended(end);
    }

    void meet() {
      worker.meet();
    }

    void tell(III_Result r) {
      r.r1 = waiting.isCompletedExceptionally() ? 0 : 1;
      r.r2 = takenBack.get();
      r.r3 = givenUp.get();
    }
  }
}
