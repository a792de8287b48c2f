package dev.trestle.lint.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.lint.MarkedSource;
import org.junit.jupiter.api.Test;

/** Failures that end where nobody looks at them. */
class SwallowedErrorTest {
  private static final String RULE = "swallowed-error";

  @Test
  void aHandlerThatDoesNotUseTheThrowable() {
    MarkedSource.members(
            """
            CompletionStage<String> given(CompletionStage<String> stage) {
              return stage.exceptionally(t -> null); // finding: swallowed-error/handler
            }
            void snippet(String item) {
            var made = save(2);
            use(made.handle((v, t) -> v)); // finding: swallowed-error/handler
            use(save(1).exceptionally(t -> null)); // finding: swallowed-error/handler
            use(save(1).exceptionally(t -> "")); // finding: swallowed-error/handler
            use(save(1).exceptionally(t -> { return null; })); // finding: swallowed-error/handler
            use(save(1).exceptionally((Throwable t) -> item)); // finding: swallowed-error/handler
            save(1).exceptionally(t -> null); // finding: swallowed-error/handler
            use(save(1).exceptionallyAsync(t -> "", executor)); // finding: swallowed-error/handler
            use(save(1).handle((v, t) -> v)); // finding: swallowed-error/handler
            use(save(1).handle((v, t) -> { return v; })); // finding: swallowed-error/handler
            use(save(1).handle((v, t) -> v == null ? "" : v)); // finding: swallowed-error/handler
            use(save(1).handleAsync((v, t) -> null, executor)); // finding: swallowed-error/handler
            use(save(1).thenApply(x -> x)
                .exceptionally(t -> null) // finding: swallowed-error/handler
                .thenApply(x -> x));
            use(load().exceptionally(t -> 0)); // finding: swallowed-error/handler
            use(save(1).exceptionallyCompose(t -> CompletableFuture.completedFuture(null))); // finding: swallowed-error/handler
            }
            """)
        .only(RULE)
        .check();
  }

  @Test
  void aHandlerThatUsesTheThrowableOrPassesItOn() {
    MarkedSource.members(
            """
            abstract String recover(Throwable t);
            abstract String both(String v, Throwable t);
            void snippet() {
              use(held.exceptionally(t -> { use(t); return null; }));
              use(held.exceptionally(t -> t.getMessage()));
              use(held.exceptionally(t -> recover(t)));
              use(held.exceptionally(this::recover));
              use(held.exceptionally(t -> { throw new CompletionException(t); }));
              use(held.exceptionally(t -> { throw new IllegalStateException(); }));
              use(held.exceptionally(t -> { if (t instanceof TimeoutException) { return ""; } throw new CompletionException(t); }));
              use(held.exceptionallyCompose(t -> save(1)));
              use(held.handle((v, t) -> t == null ? v : ""));
              use(held.handle((v, t) -> { if (t != null) { use(t); } return v; }));
              use(held.handle(this::both));
              use(held.handle((v, t) -> { throw new IllegalStateException(); }));
              use(held.whenComplete((v, t) -> use(v)));
              use(held.whenComplete((v, t) -> use(t)).exceptionally(t -> null));
              use(held.whenComplete((v, t) -> use(t)).thenApply(x -> x).handle((v, t) -> v));
              use(held.whenComplete(this::both).exceptionally(t -> null));
              Function<Throwable, String> handler = t -> null;
              use(held.exceptionally(handler));
              use(held.thenApply(t -> null));
              use(held.exceptionally(t -> null));
              var kept = save(1);
              pending.add(kept.exceptionally(t -> null));
              use(kept);
              use(held.exceptionally(ignored -> ""));
              use(held.handle((v, unused) -> v));
              held.handle((v, t) -> { use(v); return null; });
              held.exceptionally(t -> null);
              held.thenRun(() -> use(1)).exceptionally(t -> null);
              save(1).thenRun(() -> use(1)).exceptionally(t -> null); // finding: swallowed-error/handler
              use(save(1).whenComplete((v, t) -> use(v)).exceptionally(t -> null)); // finding: swallowed-error/handler
            }
            """)
        .only(RULE)
        .check();
  }

  @Test
  void anEmptyCatchOfWhatAFutureThrows() {
    MarkedSource.members(
            """
            void snippet() throws Exception {
              try { held.get(); } catch (ExecutionException e) { } // finding: swallowed-error/catch
              try { held.get(); } catch (ExecutionException e) { /* never mind */ } // finding: swallowed-error/catch
              try { held.get(); } catch (InterruptedException | ExecutionException e) { } // finding: swallowed-error/catch
              try { held.join(); } catch (CompletionException e) { } // finding: swallowed-error/catch
              try { held.get(); } catch (TimeoutRuntime e) { } catch (ExecutionException e) { } // finding: swallowed-error/catch
              try { held.get(); } catch (ExecutionException e) { use(e); }
              try { held.get(); } catch (ExecutionException e) { throw new IllegalStateException(e); }
              try { held.get(); } catch (ExecutionException e) { use(1); }
              try { held.get(); } catch (InterruptedException e) { }
              try { held.get(); } catch (ExecutionException ignored) { }
              try { held.get(1, TimeUnit.SECONDS); } catch (TimeoutException e) { }
              try { held.join(); } catch (CancellationException e) { }
              try { Thread.sleep(1); } catch (InterruptedException e) { }
              try { use(1); } catch (RuntimeException e) { }
            }
            static class TimeoutRuntime extends RuntimeException {}
            """)
        .only(RULE)
        .check();
  }

  @Test
  void theMessageSaysWhatToDo() {
    assertThat(MarkedSource.method("use(save(1).exceptionally(t -> null));").only(RULE).messages())
        .singleElement()
        .asString()
        .contains("exceptionally(..)", "report the throwable");
  }
}
