package dev.trestle.lint.rules;

import dev.trestle.lint.MarkedSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** A future in a local variable that is never read, or loses its place to another. */
class UnAwaitedLocalTest {
  @Test
  void aLocalThatIsNeverReadDropsItsFuture() {
    MarkedSource.method(
            """
            CompletableFuture<String> a = save(1); // finding: un-awaited/local-unread
            var b = load(); // finding: un-awaited/local-unread
            final Future<?> c = executor.submit(() -> use(1)); // finding: un-awaited/local-unread
            Object notTyped = save(2); // finding: un-awaited/local-unread
            Object dead = save(2); // finding: un-awaited/overwritten
            dead = "none";
            use(dead);
            CompletableFuture<String> d;
            d = save(3); // finding: un-awaited
            var e = save(4).thenApply(v -> v); // finding: un-awaited/local-unread
            var f = save(5)
                .thenRun(() -> use(1)); // finding: un-awaited
            try {
              var g = save(6); // finding: un-awaited
            } catch (RuntimeException x) {
              var h = save(7); // finding: un-awaited
            }
            Runnable r = () -> { var i = save(8); }; // finding: un-awaited
            for (var each : items) { var j = save(each); } // finding: un-awaited/local-unread
            """)
        .check();
  }

  @Test
  void aLocalThatSomePathReadsIsFine() {
    MarkedSource.method(
            """
            var a = save(1);
            if (test()) a.join();
            var b = save(2);
            Runnable later = () -> b.join();
            var c = save(3);
            use(c);
            var d = save(4);
            try { use(1); } finally { d.cancel(true); }
            CompletableFuture<String> e = null;
            try { e = save(5); use(1); } catch (RuntimeException x) { if (e != null) e.cancel(true); throw x; }
            var f = save(6);
            for (var each : items) { f.join(); }
            var g = save(7);
            synchronized (g) { use(1); }
            var h = save(8);
            var i = h;
            i.join();
            var j = save(9);
            pending.add(j);
            var k = save(10);
            held = k;
            var l = save(11);
            Object[] array = {l};
            use(array);
            var m = save(12);
            new Object() { void run() { m.join(); } };
            var n = save(13);
            while (!n.isDone()) Thread.onSpinWait();
            var o = save(14);
            if (o.isCompletedExceptionally()) return;
            var p = save(15).exceptionally(t -> null);
            var q = CompletableFuture.completedFuture(1);
            var s = held;
            var t = new CompletableFuture<String>();
            CompletableFuture<String> u = null;
            var v = map.get("k");
            Object z = save(15);
            use(z);
            Object kept = held;
            Object text = "a";
            var w = save(16).whenComplete((x, y) -> use(y));
            int x1 = switch (number) { case 1 -> { var y1 = save(17); yield y1.join().length(); } default -> 0; };
            do { if (test()) continue; use(1); } while (test());
            """)
        .check();
  }

  @Test
  void aStoreThatAnotherReplacesIsLost() {
    MarkedSource.method(
            """
            var a = save(1); // finding: un-awaited/overwritten
            a = save(2);
            a.join();
            var b = save(3);
            b.join();
            b = save(4); // finding: un-awaited
            CompletableFuture<String> c = null;
            c = save(5); // finding: un-awaited/overwritten
            c = held;
            use(c);
            var d = save(6); // finding: un-awaited/overwritten
            if (test()) { d = save(7); } else { d = save(8); }
            d.join();
            CompletableFuture<String> last = null;
            for (var each : items) {
              last = save(each); // finding: un-awaited/overwritten
            }
            last.join();
            CompletableFuture<String> e = CompletableFuture.completedFuture("");
            for (int i = 0; i < 3; i++) e = save(i); // finding: un-awaited/overwritten
            e.join();
            CompletableFuture<String> f = null;
            while (test()) { use(1); f = save(1); use(2); } // finding: un-awaited/overwritten
            f.join();
            CompletableFuture<String> g;
            do { g = save(1); } while (test()); // finding: un-awaited/overwritten
            g.join();
            """)
        .check();
  }

  @Test
  void whatIsReadBeforeItIsReplacedIsNot() {
    MarkedSource.method(
            """
            var a = save(1);
            a = a.thenApply(v -> v);
            a.join();
            CompletableFuture<String> chain = CompletableFuture.completedFuture("");
            for (var each : items) chain = chain.thenCompose(v -> save(each));
            chain.join();
            CompletableFuture<String> b = null;
            if (b == null) b = save(2);
            b.join();
            CompletableFuture<String> c = map.get("c");
            if (c == null) { c = save(3); map.put("c", c); }
            CompletableFuture<String> d = null;
            for (var each : items) { if (d == null) d = save(each); }
            use(d);
            CompletableFuture<String> previous = null;
            for (var each : items) { if (previous != null) previous.join(); previous = save(each); }
            use(previous);
            CompletableFuture<String> e = null;
            for (var each : items) { e = save(each); if (test()) break; e.join(); }
            use(e);
            CompletableFuture<String> f = null;
            for (var each : items) { if (test()) { f = save(each); break; } }
            use(f);
            CompletableFuture<String> g = save(4);
            if (test()) g = save(5);
            g.join();
            CompletableFuture<String> h = test() ? save(6) : null;
            if (h == null) h = held;
            h.join();
            CompletableFuture<String> i = null;
            for (var each : items) { i = save(each); pending.add(i); }
            CompletableFuture<String> j;
            switch (number) { case 1: j = save(7); break; case 2: j = save(8); break; default: j = held; }
            j.join();
            CompletableFuture<String> k;
            try { k = save(9); } catch (RuntimeException x) { k = held; }
            k.join();
            CompletableFuture<String> l = null;
            outer: for (var x : items) { for (var y : items) { l = save(y); if (test()) continue outer; l.join(); } }
            use(l);
            CompletableFuture<String> m = save(1);
            while (!m.isDone()) { m = save(2); }
            """)
        .check();
  }

  @Test
  void namesThatSayUnusedAreIntent() {
    MarkedSource.method(
            """
            var unused = save(1);
            var unusedFuture = save(2);
            var ignored = save(3);
            var ignore = save(4);
            var ignoredResult = executor.submit(() -> use(1));
            Future<?> unused2 = executor.submit(() -> use(1));
            var result = save(5); // finding: un-awaited
            var future = save(6); // finding: un-awaited
            """)
        .check();
  }

  @Test
  void aFutureThatIsOnlyLookedAtIsStillDropped() {
    MarkedSource.method(
            """
            String a = "saved " + save(1); // finding: un-awaited/looked-at
            a += save(2); // finding: un-awaited/looked-at
            System.out.println(save(3)); // finding: un-awaited/looked-at
            System.out.println("saved: " + save(4)); // finding: un-awaited/looked-at
            String b = String.valueOf(save(5)); // finding: un-awaited/looked-at
            String c = save(6).toString(); // finding: un-awaited/looked-at
            if (save(7) == null) return; // finding: un-awaited/looked-at
            if (save(8) != held) use(1); // finding: un-awaited/looked-at
            if (save(9).isDone()) use(1); // finding: un-awaited/looked-at
            boolean d = save(10).isCompletedExceptionally(); // finding: un-awaited/looked-at
            String e = String.format("%s", save(11)); // finding: un-awaited/looked-at
            new StringBuilder().append(save(12)); // finding: un-awaited/looked-at
            boolean f = Objects.isNull(save(13)); // finding: un-awaited/looked-at
            int h = save(14).hashCode(); // finding: un-awaited/looked-at
            boolean i = executor.submit(() -> use(1)).isDone(); // finding: un-awaited/looked-at
            var j = save(15); // finding: un-awaited/looked-at
            System.out.println(j);
            var k = save(16); // finding: un-awaited/looked-at
            if (k == null) throw new IllegalStateException();
            var l = save(17); // finding: un-awaited/looked-at
            use("started " + l);
            System.out.println(held);
            System.out.println(save(18).join());
            System.out.println("x" + save(19).get());
            if (held == null || held.isDone()) return;
            String m = "held: " + held + map.get("a") + pending.get(0); // finding: future-as-value // finding: future-as-value // finding: future-as-value
            if (map.get("a") == null) map.put("a", save(20));
            if (map.putIfAbsent("a", held) == null) use(1);
            var n = save(21);
            System.out.println(n);
            n.join();
            """)
        .check();
  }

  @Test
  void aStoreThatOnlyNothingIsKeptFromIsReplacedToo() {
    MarkedSource.members(
            """
            abstract boolean isWanted(String s);
            abstract CompletableFuture<String> attempt();
            void snippet(String[] ids, Iterator<String> it) {
              CompletableFuture<String> a = null;
              for (int i = 0; i < ids.length; i++) {
                if (ids[i] != null) { a = save(ids[i]); } // finding: un-awaited/overwritten
              }
              use(a);
              CompletableFuture<String> b = null;
              for (var each : items) {
                if (each == null || each.isBlank()) continue;
                b = save(each); // finding: un-awaited/overwritten
              }
              use(b);
              CompletableFuture<String> c = null;
              while (it.hasNext()) {
                String next = it.next();
                if (next != null && !next.isEmpty()) c = save(next); // finding: un-awaited/overwritten
              }
              use(c);
              CompletableFuture<String> d = null;
              for (int i = 0; i < items.size(); i++) {
                if (items.get(i) == null) { use(i); } else { d = save(i); } // finding: un-awaited/overwritten
              }
              use(d);
              CompletableFuture<String> e = null;
              for (var each : items) { if (isWanted(each)) e = save(each); }
              use(e);
              CompletableFuture<String> f = null;
              for (var each : items) { if (each != null && f == null) f = save(each); }
              use(f);
              CompletableFuture<String> g = null;
              for (var each : items) { if (each != null) { g = save(each); break; } }
              use(g);
              CompletableFuture<String> h = null;
              for (var each : items) { if (each != null) { h = save(each); h.join(); } }
              CompletableFuture<String> i = null;
              for (var each : items) { var found = map.get(each); if (found != null) i = save(each); }
              use(i);
              CompletableFuture<String> j = null;
              for (var each : items) { if (isWanted(each)) continue; if (each != null) j = save(each); }
              use(j);
            }
            """)
        .check();
  }

  @Test
  void aLoopThatEndsWithTheFirstStoreReplacesNothing() {
    MarkedSource.method(
            """
            CompletableFuture<String> a = null;
            while (a == null) { a = save(1); }
            a.join();
            CompletableFuture<String> b = null;
            while (number-- > 0 && b == null) b = save(2);
            use(b);
            CompletableFuture<String> c = null;
            for (int i = 0; c == null; i++) { c = save(i); }
            c.join();
            CompletableFuture<String> d = null;
            while (d != held) { d = save(4); } // finding: un-awaited/overwritten
            CompletableFuture<String> e = null;
            while (e == null || number > 0) { e = save(number--); } // finding: un-awaited/overwritten
            e.join();
            """)
        .check();
  }

  @Test
  @EnabledIf("namesMayBeMissing")
  void aVariableWithoutANameIsIntent() {
    MarkedSource.method(
            """
            var _ = save(1);
            CompletableFuture<String> _ = save(2);
            for (var _ : items) save(3); // finding: un-awaited/statement
            items.forEach(_ -> save(4)); // finding: un-awaited/void-lambda
            """)
        .check();
  }

  static boolean namesMayBeMissing() {
    return Runtime.version().feature() >= 22;
  }

  @Test
  void whatTheFutureWasAskedOnTheWayMakesNoDifference() {
    MarkedSource.method(
            """
            if (held == save(1)) use(1); // finding: un-awaited/looked-at
            boolean a = null != save(2); // finding: un-awaited/looked-at
            use(save(3).toString()); // finding: un-awaited/looked-at
            String b = load() + "!"; // finding: un-awaited/looked-at
            use(held.toString(), heldStage.toString());
            use(save(4).join().toString());
            if (held == map.get(item) || held != null) use(1);
            if (save(5).join() == null) use(1);
            use("done: " + held.isDone() + save(6).join());
            var c = save(7);
            if (c != null && c.join() == null) use(1);
            """)
        .check();
  }
}
