package dev.trestle.lint.rules;

import dev.trestle.lint.MarkedSource;
import org.junit.jupiter.api.Test;

/** What says that a result is dropped on purpose, and what only looks like it. */
class UnAwaitedIntentTest {
  private static final String CAN_IGNORE =
      "package errors; public @interface CanIgnoreReturnValue {}";
  private static final String CHECK = "package errors; public @interface CheckReturnValue {}";
  private static final String MOCKITO =
      "package org.mockito; public class Mockito {"
          + " public static <T> T verify(T mock) { return mock; }"
          + " public static <T> T verify(T mock, Object mode) { return mock; }"
          + " public static <T> Object when(T call) { return null; }"
          + " public static Stubber doReturn(Object o) { return null; }"
          + " public static class Stubber { public <T> T when(T mock) { return mock; } } }";

  @Test
  void anAnnotatedMethodOrClassMayBeIgnored() {
    MarkedSource.members(
            """
            @errors.CanIgnoreReturnValue abstract CompletableFuture<Void> fire();
            interface Base { @errors.CanIgnoreReturnValue CompletableFuture<Void> send(); CompletableFuture<Void> ask(); }
            interface Middle extends Base {}
            static abstract class Derived implements Middle { public abstract CompletableFuture<Void> send(); }
            @errors.CanIgnoreReturnValue interface Sink {
              CompletableFuture<Void> emit();
              @errors.CheckReturnValue CompletableFuture<Void> commit();
              interface Nested { CompletableFuture<Void> emit(); }
            }
            void snippet(Base base, Derived derived, Sink sink, Sink.Nested nested) {
              fire();
              base.send();
              derived.send();
              sink.emit();
              nested.emit();
              Runnable r = sink::emit;
              Runnable s = () -> sink.emit();
              var f = fire();
              base.ask(); // finding: un-awaited
              derived.ask(); // finding: un-awaited
              sink.commit(); // finding: un-awaited
              fire().thenRun(() -> use(1)); // finding: un-awaited
              Runnable t = sink::commit; // finding: un-awaited
            }
            """)
        .with(CAN_IGNORE)
        .with(CHECK)
        .check();
  }

  @Test
  void stubbingAndVerifyingIsNoCall() {
    MarkedSource.members(
            """
            interface Service { CompletableFuture<String> find(String s); }
            void verify(Object o) {}
            Service checked(Service s) { use(s); return s; }
            void snippet(Service service) {
              org.mockito.Mockito.verify(service).find("a");
              org.mockito.Mockito.verify(service, 1).find("a");
              org.mockito.Mockito.when(service.find("a"));
              org.mockito.Mockito.doReturn(held).when(service).find("a");
              service.find("a"); // finding: un-awaited
              checked(service).find("a"); // finding: un-awaited
            }
            """)
        .with(MOCKITO)
        .check();
  }

  @Test
  void suppressionsOnAnyDeclarationAreHonoured() {
    MarkedSource.of(
            """
            import java.util.concurrent.*;
            class Plain {
              static final String NAME = "un-awaited";
              CompletableFuture<Void> save() { return CompletableFuture.runAsync(() -> {}); }
              @SuppressWarnings("un-awaited") void a() { save(); }
              @SuppressWarnings({"rawtypes", "un-awaited"}) void b() { save(); }
              @SuppressWarnings("FutureReturnValueIgnored") void c() { save(); }
              @SuppressWarnings(NAME) void d() { save(); }
              @SuppressWarnings(value = "un-awaited") Plain() { save(); }
              void e() { @SuppressWarnings("un-awaited") var f = save(); }
              @SuppressWarnings("un-awaited") Runnable g = () -> save();
              @SuppressWarnings("un-awaited") static class Inner { void h(Plain p) { p.save(); } }
              void i(@SuppressWarnings("un-awaited") int n) { save(); } // finding: un-awaited
              void j() { save(); } // un-awaited suppressed? no // finding: un-awaited
              @SuppressWarnings("unawaited") void k() { save(); } // finding: un-awaited
              @SuppressWarnings("unused") void l() { save(); } // finding: un-awaited
            }
            """)
        .check();
  }

  @Test
  void aCompletionServiceIsReadElsewhere() {
    MarkedSource.method(
            """
            CompletionService<String> service = new ExecutorCompletionService<>(executor);
            service.submit(() -> "a");
            service.submit(() -> use(1), "b");
            service.take();
            service.poll();
            service.take().get();
            items.forEach(x -> service.submit(() -> x));
            """)
        .check();
  }

  @Test
  void aSubmittedBodyThatCatchesEverythingKeepsItsErrors() {
    MarkedSource.members(
            """
            void guarded() { try { use(1); } catch (Exception e) { use(e); } }
            void bare() { use(1); }
            void snippet() {
              executor.submit(() -> { try { use(1); } catch (Exception e) { use(e); } });
              executor.submit(() -> { try { use(1); } catch (Throwable t) { use(t); } });
              executor.submit(() -> { try { use(1); return 1; } catch (Exception e) { return 2; } });
              executor.submit(() -> { try { use(1); } catch (IllegalStateException | RuntimeException2 e) { use(e); } catch (Throwable t) { use(t); } });
              executor.submit(new Runnable() { public void run() { try { use(1); } catch (RuntimeException e) { use(e); } } });
              executor.submit(this::guarded);
              scheduler.schedule(() -> { try { use(1); } catch (Exception e) { use(e); } }, 1, TimeUnit.SECONDS);
              scheduler.scheduleAtFixedRate(() -> { try { use(1); } catch (Exception e) { use(e); } }, 1, 1, TimeUnit.SECONDS);
              executor.submit(() -> { try { use(1); } finally { use(2); } }); // finding: un-awaited
              executor.submit(() -> { try { use(1); } catch (IllegalStateException e) { use(e); } }); // finding: un-awaited
              executor.submit(() -> { try { use(1); } catch (Exception e) { throw new RuntimeException2(); } }); // finding: un-awaited
              executor.submit(() -> { use(0); try { use(1); } catch (Exception e) { use(e); } }); // finding: un-awaited
              executor.submit(this::bare); // finding: un-awaited
              executor.submit(new Runnable() { public void run() { use(1); } }); // finding: un-awaited
            }
            static class RuntimeException2 extends RuntimeException {}
            """)
        .check();
  }

  @Test
  void periodicTasksCannotBeAwaited() {
    MarkedSource.method(
            """
            scheduler.scheduleAtFixedRate(() -> use(1), 1, 1, TimeUnit.SECONDS); // finding: un-awaited/periodic
            scheduler.scheduleWithFixedDelay(() -> use(1), 1, 1, TimeUnit.SECONDS); // finding: un-awaited/periodic
            var timer = scheduler.scheduleAtFixedRate(() -> use(1), 1, 1, TimeUnit.SECONDS); // finding: un-awaited/periodic
            var kept = scheduler.scheduleAtFixedRate(() -> use(1), 1, 1, TimeUnit.SECONDS);
            kept.cancel(false);
            """)
        .check();
  }

  @Test
  void constructedFuturesOutsideJavaCount() {
    MarkedSource.members(
            """
            static class Own extends CompletableFuture<String> { Own(int n) {} }
            static class Job extends FutureTask<String> { Job() { super(() -> ""); } }
            void snippet() {
              new Own(1); // finding: un-awaited/constructor
              new Job(); // finding: un-awaited/constructor
              var a = new Own(2); // finding: un-awaited/local-unread
              Runnable r = () -> new Own(3); // finding: un-awaited/void-lambda
              new Own(4).thenRun(() -> use(1)); // finding: un-awaited/dependent
              new CompletableFuture<String>();
              new FutureTask<>(() -> 1);
              new FutureTask<>(() -> 1).run();
              use(new Own(5));
              held = new Own(6);
              new Own(7).join();
              executor.execute(new Job());
              new Thread(new Job()).start();
              new FutureTask<>(() -> 1) { };
              new Own(8) { }; // finding: un-awaited/constructor
              new Job() { protected void done() { use(1); } }; // finding: un-awaited/constructor
              executor.execute(new Job() { });
              use(new Own(9) { });
            }
            """)
        .check();
  }

  @Test
  void onlyFunctionsThatAreThereToThrowMayDropAFuture() {
    MarkedSource.members(
            """
            interface Executable { void run() throws Throwable; }
            abstract void assertThrows(Executable body);
            abstract void start(io.reactivex.rxjava3.functions.Action body);
            void snippet() {
              assertThrows(() -> save(1));
              assertThrows(() -> { use(1); save(2); });
              assertThrows(() -> { save(3); use(1); }); // finding: un-awaited/statement
              start(() -> save(4)); // finding: un-awaited/void-lambda
              start(this::clear); // finding: un-awaited/method-ref
              start(() -> save(5).join());
            }
            abstract CompletableFuture<Void> clear();
            """)
        .with(
            "package io.reactivex.rxjava3.functions;"
                + " public interface Action { void run() throws Throwable; }")
        .check();
  }

  @Test
  void aPeriodicTaskThatSomebodyKeepsIsFine() {
    MarkedSource.members(
            """
            ScheduledFuture<?> timer;
            ScheduledFuture<?> started() { return scheduler.scheduleAtFixedRate(() -> use(1), 1, 1, TimeUnit.SECONDS); }
            void snippet() {
              timer = scheduler.scheduleWithFixedDelay(() -> use(1), 1, 1, TimeUnit.SECONDS);
              use(scheduler.scheduleAtFixedRate(() -> use(1), 1, 1, TimeUnit.SECONDS));
              Runnable r = () -> scheduler.scheduleAtFixedRate(() -> use(1), 1, 1, TimeUnit.SECONDS); // finding: un-awaited/periodic
              scheduler.schedule(() -> use(1), 1, TimeUnit.SECONDS); // finding: un-awaited/statement
            }
            """)
        .check();
  }

  @Test
  void errorPronesSuppressionIsHonouredForThisRuleAlone() {
    MarkedSource.members(
            """
            @SuppressWarnings({"unchecked", "FutureReturnValueIgnored"}) void a() { save(1); }
            void b() { @SuppressWarnings("FutureReturnValueIgnored") var f = save(1); }
            @SuppressWarnings("FutureReturnValueIgnored") class C { Runnable r = () -> save(1); }
            @SuppressWarnings("FutureReturnValueIgnored") CompletableFuture<Void> d() { return null; } // finding: null-future
            @SuppressWarnings("ReturnValueIgnored") void e() { save(1); } // finding: un-awaited
            """)
        .check();
  }
}
