package dev.trestle.lint.rules;

import dev.trestle.lint.MarkedSource;
import org.junit.jupiter.api.Test;

/** Collections, arrays, Optionals, maps and streams of fresh futures that are dropped. */
class UnAwaitedCollectionTest {
  @Test
  void aDroppedPipelineDropsWhatItMade() {
    MarkedSource.method(
            """
            items.stream().map(this::save).toList(); // finding: un-awaited/collection
            items.stream().map(x -> save(x)).toList(); // finding: un-awaited/collection
            items.stream().map(x -> { use(x); return save(x); }).toList(); // finding: un-awaited/collection
            items.stream().map(this::save).collect(Collectors.toList()); // finding: un-awaited/collection
            items.stream().map(this::save).collect(Collectors.toSet()); // finding: un-awaited/collection
            items.stream().collect(Collectors.toMap(x -> x, x -> save(x))); // finding: un-awaited/collection
            items.stream().collect(Collectors.mapping(this::save, Collectors.toList())); // finding: un-awaited/collection
            items.stream().map(this::save); // finding: un-awaited/collection
            items.stream().map(this::save).filter(Objects::nonNull).limit(3).toList(); // finding: un-awaited/collection
            items.stream().map(this::save).count(); // finding: un-awaited
            items.stream().map(this::save).findFirst(); // finding: un-awaited/collection
            items.stream().map(this::save).toArray(); // finding: un-awaited
            IntStream.range(0, 3).mapToObj(i -> save(i)).toList(); // finding: un-awaited/collection
            Stream.of(save(1), save(2)); // finding: un-awaited/collection
            List.of(save(1), save(2)); // finding: un-awaited/collection
            Arrays.asList(save(1), save(2)); // finding: un-awaited/collection
            Map.of("a", save(1)); // finding: un-awaited/collection
            Optional.of(save(1)); // finding: un-awaited/collection
            Optional.of(item).map(this::save); // finding: un-awaited/collection
            Optional.of(item).map(x -> save(x)); // finding: un-awaited/collection
            items.stream()
                .map(this::save)
                .toList(); // finding: un-awaited/collection
            Runnable r = () -> items.stream().map(this::save).toList(); // finding: un-awaited/collection
            items.stream().flatMap(x -> Stream.of(save(x))).toList(); // finding: un-awaited/collection
            """)
        .check();
  }

  @Test
  void aPipelineThatHandsItsFuturesOnIsFine() {
    MarkedSource.method(
            """
            items.stream().map(this::save).forEach(CompletableFuture::join);
            items.stream().map(this::save).map(CompletableFuture::join).toList();
            items.stream().map(this::save).forEach(f -> use(f));
            items.stream().map(this::save).forEach(pending::add);
            CompletableFuture.allOf(items.stream().map(this::save).toArray(CompletableFuture[]::new)).join();
            use(items.stream().map(this::save).toList());
            var all = items.stream().map(this::save).toList();
            all.forEach(CompletableFuture::join);
            pending = items.stream().map(this::save).collect(Collectors.toList());
            pending.stream().filter(f -> !f.isDone()).toList();
            pending.stream().map(f -> f).toList();
            pending.addAll(List.of(save(1), save(2)));
            for (var f : List.of(save(1), save(2))) f.join();
            Optional.of(item).map(this::save).ifPresent(CompletableFuture::join);
            Optional.of(item).map(this::save).orElse(held).join();
            map.values().stream().findFirst();
            pending.iterator();
            map.values();
            map.entrySet();
            new ArrayList<>(pending);
            List.copyOf(pending);
            pending.stream();
            items.stream().map(this::save).collect(Collectors.collectingAndThen(Collectors.toList(), l -> CompletableFuture.allOf(l.toArray(new CompletableFuture[0])))).join();
            items.stream().map(x -> held).toList();
            items.stream().map(map::get).toList();
            items.stream().map(String::length).toList();
            """)
        .check();
  }

  @Test
  void aLocalContainerThatIsOnlyFilledIsDropped() {
    MarkedSource.method(
            """
            var a = items.stream().map(this::save).toList(); // finding: un-awaited/collection
            List<CompletableFuture<String>> b = List.of(save(1), save(2)); // finding: un-awaited/collection
            List<CompletableFuture<String>> c = new ArrayList<>();
            for (var each : items) {
              c.add(save(each)); // finding: un-awaited/collection
            }
            Map<String, CompletableFuture<String>> d = new HashMap<>();
            d.put("a", save(1)); // finding: un-awaited/collection
            CompletableFuture<?>[] e = new CompletableFuture<?>[2];
            e[0] = save(1); // finding: un-awaited/collection
            CompletableFuture<?>[] f = {save(1), save(2)}; // finding: un-awaited/collection
            List<Future<?>> g = new ArrayList<>();
            items.forEach(x -> g.add(save(x))); // finding: un-awaited/collection
            Optional<CompletableFuture<String>> h = Optional.of(save(1)); // finding: un-awaited/collection
            var i = new AtomicReference<>(save(1)); // finding: un-awaited/collection
            var j = new ArrayList<>(List.of(save(1))); // finding: un-awaited/collection
            List<CompletableFuture<String>> k = new ArrayList<>();
            k.add(save(1)); // finding: un-awaited/collection
            System.out.println(k.size());
            Queue<CompletableFuture<String>> l = new ArrayDeque<>();
            l.offer(save(1)); // finding: un-awaited/collection
            Map<String, List<CompletableFuture<String>>> m = Map.of("a", List.of(save(1))); // finding: un-awaited/collection
            """)
        .check();
  }

  @Test
  void aContainerThatSomebodyReadsIsFine() {
    MarkedSource.members(
            """
            List<CompletableFuture<String>> all() {
              List<CompletableFuture<String>> a = new ArrayList<>();
              for (var each : items) a.add(save(each));
              return a;
            }
            void parameter(List<CompletableFuture<String>> sink) { sink.add(save(1)); }
            void snippet() {
              List<CompletableFuture<String>> b = new ArrayList<>();
              b.add(save(1));
              CompletableFuture.allOf(b.toArray(new CompletableFuture[0])).join();
              List<CompletableFuture<String>> c = new ArrayList<>();
              items.forEach(x -> c.add(save(x)));
              c.forEach(CompletableFuture::join);
              CompletableFuture<?>[] d = new CompletableFuture<?>[2];
              for (int i = 0; i < d.length; i++) d[i] = save(i);
              CompletableFuture.allOf(d).join();
              List<CompletableFuture<String>> alias = pending;
              alias.add(save(1));
              List<CompletableFuture<String>> e = new ArrayList<>();
              Runnable joiner = () -> e.forEach(CompletableFuture::join);
              e.add(save(1));
              joiner.run();
              Map<String, CompletableFuture<String>> f = new HashMap<>();
              f.put("a", save(1));
              f.get("a").join();
              Map<String, CompletableFuture<String>> g = new HashMap<>();
              g.computeIfAbsent("a", k -> save(k)).join();
              List<CompletableFuture<String>> h = new ArrayList<>();
              h.add(save(1));
              held = h.get(0);
              List<CompletableFuture<String>> i = new ArrayList<>();
              this.pending = i;
              i.add(save(1));
              for (int n = 0; n < 2; n++) { var j = new ArrayList<CompletableFuture<String>>(); j.add(save(1)); use(j); }
              var k = new AtomicReference<>(save(1));
              k.get().join();
              CompletableFuture<?>[] l = {save(1), save(2)};
              for (var each : l) each.join();
              List<CompletableFuture<String>> m = new ArrayList<>();
              while (test()) { m.add(save(1)); if (m.size() > 9) { m.forEach(CompletableFuture::join); m.clear(); } }
              Queue<CompletableFuture<String>> q = new ArrayDeque<>();
              for (var each : items) { q.add(save(each)); if (q.size() > 3) q.poll().join(); }
            }
            """)
        .check();
  }

  @Test
  void aFunctionInAPipelineThatIsHandedEachFutureSeesIt() {
    MarkedSource.members(
            """
            static boolean isStuck(CompletableFuture<String> f) { return f.isCompletedExceptionally(); }
            abstract boolean accepts(Future<?> f);
            abstract CompletableFuture<String> wrap(CompletableFuture<String> f);
            long snippet() {
              List<CompletableFuture<String>> roots = new ArrayList<>();
              items.forEach(start -> roots.add(save(start)));
              long a = roots.stream().filter(Snippet::isStuck).count();
              List<CompletableFuture<String>> more = new ArrayList<>();
              more.add(save(1));
              long b = more.stream().filter(f -> !accepts(f)).count();
              long c = items.stream().map(this::save).filter(this::accepts).count();
              long d = items.stream().map(this::save).filter(f -> f.join().isEmpty()).count();
              long e = items.stream().map(this::save).peek(pending::add).count();
              long f = items.stream().map(this::save).filter(x -> { held = x; return true; }).count();
              boolean g = Optional.of(save(1)).filter(this::accepts).isPresent();
              long h = items.stream().map(this::save).filter(x -> x != null).count(); // finding: un-awaited
              long i = items.stream().map(this::save).filter(Objects::nonNull).count(); // finding: un-awaited
              long j = items.stream().map(this::save).filter(x -> x.isDone()).count(); // finding: un-awaited
              long k = items.stream().map(this::save).peek(System.out::println).count(); // finding: un-awaited
              long l = items.stream().filter(String::isEmpty).map(this::save).count(); // finding: un-awaited
              long m = pending.stream().map(x -> wrap(x)).filter(Objects::nonNull).count(); // finding: un-awaited
              List<CompletableFuture<String>> idle = new ArrayList<>();
              idle.add(save(2)); // finding: un-awaited/collection
              long n = idle.stream().map(x -> x).count();
              return a + b + c + d + e + f + h + i + j + k + l + m + n + (g ? 1 : 0);
            }
            """)
        .check();
  }
}
