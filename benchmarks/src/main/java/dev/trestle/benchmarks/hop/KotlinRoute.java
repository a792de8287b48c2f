package dev.trestle.benchmarks.hop;

import dev.trestle.bridge.EventLoopThread;
import java.util.concurrent.Executor;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import kotlin.coroutines.jvm.internal.ContinuationImpl;
import kotlin.coroutines.jvm.internal.SuspendLambda;
import kotlin.jvm.functions.Function2;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.CoroutineScope;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.ExecutorsKt;
import kotlinx.coroutines.Job;
import kotlinx.coroutines.JobKt;
import org.jspecify.annotations.Nullable;

/** {@code withContext(Dispatchers.IO)} in a coroutine whose dispatcher is a loop. */
public class KotlinRoute extends Route {
  private final EventLoopThread loop = EventLoopThread.start("loop");
  private final CoroutineContext context =
      ExecutorsKt.from((Executor) loop).plus(JobKt.Job((Job) null));

  /** What a coroutine completes, which none of these does. */
  private final Continuation<Object> end =
      new Continuation<>() {
        @Override
        public CoroutineContext getContext() {
          return context;
        }

        @Override
        public void resumeWith(Object value) {}
      };

  @Override
  void open() {}

  @Override
  void close() {
    loop.close();
  }

  @Override
  void onLoop(Runnable task) {
    loop.execute(task);
  }

  @Override
  void hop(Chain chain) {
    if (chain.coroutine == null) {
      chain.coroutine = new Coroutine(chain);
    }
    ((Coroutine) chain.coroutine).hop();
  }

  /**
   * What Kotlin's compiler would make of {@code while (true) arrived(withContext(IO) {body()})}.
   */
  private final class Coroutine extends ContinuationImpl {
    private static final long serialVersionUID = 1;

    private final transient Chain chain;

    Coroutine(Chain chain) {
      super(end);
      this.chain = chain;
    }

    void hop() {
      Object value = BuildersKt.withContext(Dispatchers.getIO(), new Body(null), this);
      if (value != IntrinsicsKt.getCOROUTINE_SUSPENDED()) {
        chain.arrived((Integer) value);
      }
    }

    @Override
    protected Object invokeSuspend(Object value) {
      chain.arrived((Integer) value);
      return IntrinsicsKt.getCOROUTINE_SUSPENDED();
    }
  }

  private final class Body extends SuspendLambda
      implements Function2<CoroutineScope, Continuation<? super Integer>, Object> {
    private static final long serialVersionUID = 1;

    Body(@Nullable Continuation<Object> completion) {
      super(2, completion);
    }

    @Override
    @SuppressWarnings("unchecked") // As Kotlin's compiler does.
    public Continuation<Unit> create(Object scope, Continuation<?> completion) {
      return (Continuation<Unit>) (Continuation<?>) new Body((Continuation<Object>) completion);
    }

    @Override
    public Object invoke(CoroutineScope scope, Continuation<? super Integer> completion) {
      return ((Body) (Continuation<?>) create(scope, completion)).invokeSuspend(Unit.INSTANCE);
    }

    @Override
    protected Object invokeSuspend(Object value) {
      return runBody();
    }
  }
}
