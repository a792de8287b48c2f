package cases;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** un-awaited: collections, arrays, Optionals, Maps and streams of fresh futures. */
public abstract class CollectionCases {
    private static final Logger log = LoggerFactory.getLogger(CollectionCases.class);

    record Shard(int number, String host) {}

    private final Map<String, CompletableFuture<Void>> running = new HashMap<>();
    private CompletableFuture<?>[] slots = new CompletableFuture<?>[0];

    abstract CompletableFuture<Void> save(String id);

    abstract CompletionStage<Integer> probe(Shard shard);

    abstract String normalise(String id);

    // case+ un-awaited | Dropped: a stream pipeline of fresh futures; the finding stands on the last link
    void saveAll(List<String> ids) {
        ids.stream()
                .map(this::save)
                .collect(Collectors.toList()); // expect: un-awaited/collection
    }

    // case- un-awaited | The collected futures are returned through allOf
    CompletableFuture<Void> saveAllAndTell(List<String> ids) {
        return CompletableFuture.allOf(ids.stream()
                .map(this::save)
                .toArray(CompletableFuture<?>[]::new));
    }

    // case+ un-awaited | Dropped: a stream pipeline with a lambda and toList
    void probeAll(List<Shard> shards) {
        shards.stream().filter(s -> s.number() > 0).map(s -> probe(s)).toList(); // expect: un-awaited/collection
    }

    // case+ un-awaited | Dropped: a stream pipeline without a terminal operation
    void probeNone(List<Shard> shards) {
        shards.stream().map(this::probe); // expect: un-awaited/collection
    }

    // case- un-awaited | A dropped pipeline of strings is not ours
    void normaliseAll(List<String> ids) {
        ids.stream().map(this::normalise).collect(Collectors.toList());
    }

    // case+ un-awaited | Dropped: Optional.map to a fresh future
    void saveIfPresent(Optional<String> id) {
        id.map(this::save); // expect: un-awaited/collection
    }

    // case- un-awaited | Optional.map, orElseGet, returned
    CompletableFuture<Void> saveOrSkip(Optional<String> id) {
        return id.map(this::save).orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    // case- un-awaited | Held: Optional of a future that a map holds
    Optional<CompletableFuture<Void>> runningFor(Optional<String> id) {
        return id.map(running::get);
    }

    // case+ un-awaited | Dropped: List.of fresh futures
    void saveTwo(String a, String b) {
        List.of(save(a), save(b)); // expect: un-awaited/collection
    }

    // case- un-awaited | List.of fresh futures, iterated
    int saveTwoAndWait(String a, String b) {
        int done = 0;
        for (CompletableFuture<Void> write : List.of(save(a), save(b))) {
            write.join();
            done++;
        }
        return done;
    }

    // case+ un-awaited | Dropped: an array of fresh futures in a local that is never read
    void saveArray(String a, String b) {
        CompletableFuture<?>[] writes = {save(a), save(b)}; // expect: un-awaited
        log.info("saved {} and {}", a, b);
    }

    // case- un-awaited | An array filled in a loop and given to allOf
    CompletableFuture<Void> saveArrayAndTell(List<String> ids) {
        CompletableFuture<?>[] writes = new CompletableFuture<?>[ids.size()];
        for (int i = 0; i < writes.length; i++) {
            writes[i] = save(ids.get(i));
        }
        return CompletableFuture.allOf(writes);
    }

    // case+ un-awaited | Dropped: a Map of fresh futures in a local that is never read
    void saveByName(List<String> ids) {
        Map<String, CompletableFuture<Void>> writes = ids.stream().collect(Collectors.toMap(Function.identity(), this::save)); // expect: un-awaited
        log.info("saving {}", ids);
    }

    // case- un-awaited | A Map of fresh futures, its values awaited
    void saveByNameAndWait(List<String> ids) {
        Map<String, CompletableFuture<Void>> writes = ids.stream().collect(Collectors.toMap(Function.identity(), this::save));
        writes.forEach((id, write) -> log.info("{} {}", id, write.join()));
    }

    // case+ un-awaited | Dropped: a local list that is only added to
    int startAll(List<Shard> shards) {
        List<CompletionStage<Integer>> probes = new ArrayList<>(); // expect-oneof(probes): un-awaited/collection
        for (Shard shard : shards) {
            if (shard.host() != null) {
                probes.add(probe(shard)); // expect-oneof(probes): un-awaited/collection
            }
        }
        return shards.size();
    }

    // case- un-awaited | A local list that is added to and then streamed
    CompletableFuture<Integer> probeSum(List<Shard> shards) {
        List<CompletableFuture<Integer>> probes = new ArrayList<>();
        for (Shard shard : shards) {
            probes.add(probe(shard).toCompletableFuture());
        }
        return probes.stream().reduce(CompletableFuture.completedFuture(0), (a, b) -> a.thenCombine(b, Integer::sum));
    }

    // case+ un-awaited | Dropped: a local Map that is only put to
    void startByHost(List<Shard> shards) {
        Map<String, CompletionStage<Integer>> probes = new LinkedHashMap<>(); // expect-oneof(hosts): un-awaited/collection
        for (Shard shard : shards) {
            probes.put(shard.host(), probe(shard)); // expect-oneof(hosts): un-awaited/collection
        }
        log.info("probing {} shards", shards.size());
    }

    // case- un-awaited | A local list captured by a lambda that is handed on
    void startWithHook(List<String> ids, List<Runnable> hooks) {
        List<CompletableFuture<Void>> writes = new ArrayList<>();
        hooks.add(() -> writes.forEach(write -> write.cancel(true)));
        for (String id : ids) {
            writes.add(save(id));
        }
    }

    // case- un-awaited | Fine: stored in a map and an array that are fields
    void startSlots(List<String> ids) {
        slots = new CompletableFuture<?>[ids.size()];
        IntStream.range(0, ids.size()).forEach(i -> slots[i] = save(ids.get(i)));
        for (String id : ids) {
            running.put(id, save(id));
        }
    }

    // case- un-awaited | Held: an unread copy of a collection of futures that a field holds
    int runningNow() {
        List<CompletableFuture<Void>> copy = new ArrayList<>(running.values());
        return running.size();
    }

    // case- un-awaited | Held: computeIfAbsent stores the fresh one and hands back what the map holds
    void ensureRunning(String id) {
        running.computeIfAbsent(id, this::save);
    }

    // case+ un-awaited | Dropped: a stream of fresh futures in a list that a local never reads
    void probeAndForget(Shard... shards) {
        var answers = Arrays.stream(shards).map(this::probe).toList(); // expect: un-awaited
        log.info("probing {}", Arrays.toString(shards));
    }

    // case- un-awaited | A stream of fresh futures handed to the caller as a stream
    Stream<CompletionStage<Integer>> probeLazily(Shard... shards) {
        return Arrays.stream(shards).map(this::probe);
    }

    // case- un-awaited | Two steps: all are started first, then each is awaited
    List<Integer> probeValues(List<Shard> shards) {
        List<CompletableFuture<Integer>> probes =
                shards.stream().map(this::probe).map(CompletionStage::toCompletableFuture).toList();
        return probes.stream().map(CompletableFuture::join).toList();
    }
}
