package dev.trestle.lint;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What may run where an expression stands. Each call of {@code here()} carries, behind {@code //},
 * what must be said of it.
 */
class SurroundingsTest {
  @Test
  void theFunctionIsTheInnermostThatRunsTheCode() {
    check(
        """
        int field = here(); // initialiser
        { here(); } // initialiser
        Snippet() { here(); } // <init>
        void method() { here(); } // method
        Runnable lambda = () -> here(); // lambda
        void nested() {
          Runnable outer = () -> {
            here(); // lambda
            Runnable inner = () -> here(); // lambda
            new Object() { void run() { here(); } }; // run
            class Local { int of = here(); } // initialiser
          };
          if (test()) here(); // nested
        }
        """);
  }

  @Test
  void theTakerIsTheCallThatGetsTheLambda() {
    check(
        """
        void method() {
          list.forEach(x -> here()); // lambda of forEach
          list.forEach((x -> { here(); })); // lambda of forEach
          executor.execute((Runnable) () -> here()); // lambda of execute
          Runnable kept = () -> here(); // lambda
          use(here()); // method
          list.forEach(x -> use(here())); // lambda of forEach
          new Thread(() -> here()); // lambda
        }
        """);
  }

  @Test
  void aCallbackIsTheLambdaOfACallOnAFuture() {
    check(
        """
        void method() {
          future.thenAccept(x -> here()); // lambda of thenAccept, a callback
          future.whenComplete((x, t) -> { if (test()) here(); }); // lambda of whenComplete, a callback
          future.thenAccept(x -> list.forEach(y -> here())); // lambda of forEach
          CompletableFuture.runAsync(() -> here(), executor); // lambda of runAsync
          future.complete(here()); // method
        }
        """);
  }

  @Test
  void aLoopCountsWhereTheCodeRunsOncePerTurn() {
    check(
        """
        void method() {
          while (here() > 0) { // method, in a loop
            here(); // method, in a loop
          }
          do here(); // method, in a loop
          while (test());
          for (int i = here(); // method
              i < here(); // method, in a loop
              i += here()) { // method, in a loop
            here(); // method, in a loop
            Runnable later = () -> here(); // lambda
            if (test()) { switch (i) { default -> here(); } } // method, in a loop
          }
          for (int x : array(here())) { // method
            here(); // method, in a loop
          }
          here(); // method
        }
        Runnable turns = () -> { for (;;) here(); }; // lambda, in a loop
        """);
  }

  @Test
  void synchronizedHoldsItsLock() {
    check(
        """
        synchronized void method() {
          here(); // method, under synchronized method
          Runnable later = () -> here(); // lambda
          Runnable locked = () -> { synchronized (this) { here(); } }; // lambda, under synchronized
        }
        void block() {
          synchronized (of(here())) { // block
            if (test()) here(); // block, under synchronized
          }
          here(); // block
        }
        static synchronized int fixed() { return here(); } // fixed, under synchronized method
        """);
  }

  @Test
  void aLockIsHeldFromLockToUnlock() {
    check(
        """
        void tried() {
          here(); // tried
          lock.lock();
          try {
            here(); // tried, under lock
            for (;;) here(); // tried, under lock, in a loop
          } finally {
            lock.unlock();
            here(); // tried
          }
        }
        void after() {
          lock.lock();
          try { use(1); } finally { lock.unlock(); }
          here(); // after
        }
        void straight() throws InterruptedException {
          lock.lockInterruptibly();
          here(); // straight, under lockInterruptibly
          lock.unlock();
          here(); // straight
          lock.lock();
          here(); // straight, under lock
        }
        void captured() {
          Runnable locks = () -> lock.lock();
          here(); // captured
          lock.lock();
          Runnable later = () -> here(); // lambda
          here(); // captured, under lock
          Runnable unlocks = () -> lock.unlock();
          here(); // captured, under lock
        }
        void branch() {
          if (test()) { lock.lock(); here(); lock.unlock(); } // branch, under lock
          here(); // branch
        }
        """);
  }

  private static void check(String members) {
    String source =
        """
        import java.util.*; import java.util.concurrent.*; import java.util.concurrent.locks.*;
        class Snippet {
          static int here() { return 1; }
          static boolean test() { return true; }
          static void use(Object o) {}
          static Object of(int n) { return new Object(); }
          static int[] array(int n) { return new int[n]; }
          List<String> list; Lock lock; Executor executor; CompletableFuture<Integer> future;
        """
            + members
            + "}";
    var result = InMemoryCompiler.inspect(List.of(source), "", List.of(new Probe()));
    assertThat(result.errors()).isEmpty();
    assertThat(result.notes()).isEmpty();
    List<String> lines = source.lines().toList();
    List<String> expected =
        members
            .lines()
            .filter(line -> line.contains("here()"))
            .map(line -> line.substring(line.indexOf("// ") + 3) + " <- " + line.strip())
            .toList();
    assertThat(
            result.findings().stream()
                .map(f -> f.message() + " <- " + lines.get((int) f.line() - 1).strip()))
        .containsExactlyElementsOf(expected);
  }

  /** Says of each call of {@code here()} what surrounds it. */
  private static final class Probe implements Rule {
    @Override
    public String id() {
      return "probe";
    }

    @Override
    public String summary() {
      return "Tells what surrounds a call.";
    }

    @Override
    public Severity severity() {
      return Severity.ERROR;
    }

    @Override
    public Set<Tree.Kind> kinds() {
      return Set.of(Tree.Kind.METHOD_INVOCATION);
    }

    @Override
    public void check(TreePath path, RuleContext context) {
      if (path.getLeaf().toString().equals("here()")) {
        context.report(path, Confidence.CERTAIN, describe(path, context.surroundings()));
      }
    }

    private static String describe(TreePath path, Surroundings surroundings) {
      StringBuilder text = new StringBuilder(name(surroundings.function(path).getLeaf()));
      Call taker = surroundings.taker(path);
      text.append(taker == null ? "" : " of " + taker.name());
      text.append(surroundings.callback(path) == null ? "" : ", a callback");
      TreePath lock = surroundings.lock(path);
      text.append(lock == null ? "" : ", under " + lockName(lock.getLeaf()));
      return text.append(surroundings.inLoop(path) ? ", in a loop" : "").toString();
    }

    private static String name(Tree function) {
      if (function instanceof MethodTree method) {
        return method.getName().toString();
      }
      return function instanceof LambdaExpressionTree ? "lambda" : "initialiser";
    }

    private static String lockName(Tree lock) {
      if (lock instanceof MethodTree) {
        return "synchronized method";
      }
      return lock instanceof SynchronizedTree
          ? "synchronized"
          : lock.toString().replaceAll("lock\\.|\\(\\)", "");
    }
  }
}
