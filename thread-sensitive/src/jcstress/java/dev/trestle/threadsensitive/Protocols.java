package dev.trestle.threadsensitive;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
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
    private final Lane lane = Lane.startedBy(serve::set, "closed");
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
}
