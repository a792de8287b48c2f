package cases;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** sequential-await. */
public abstract class SequentialAwaitCases {
    private static final Logger log = LoggerFactory.getLogger(SequentialAwaitCases.class);

    record Page(List<String> items, String next) {}

    abstract CompletableFuture<Integer> price(String item);

    abstract CompletionStage<Void> save(String id);

    abstract CompletableFuture<Page> page(String token);

    abstract CompletableFuture<Integer> reduce(int soFar, String item);

    // case+ sequential-await | started and awaited in one breath inside a loop
    int total(List<String> items) {
        int sum = 0;
        for (String item : items) {
            sum += price(item).join(); // expect: sequential-await
        }
        return sum;
    }

    // case+ sequential-await | in a stream: map(start).map(join) runs one element at a time
    List<Integer> prices(List<String> items) {
        return items.stream().map(this::price).map(CompletableFuture::join).toList(); // expect: sequential-await
    }

    // case+ sequential-await | inside forEach, through a chain and toCompletableFuture
    void saveAll(List<String> ids) {
        ids.forEach(id -> save(id).toCompletableFuture().join()); // expect: sequential-await
    }

    // case+ sequential-await | as an argument, through a chain and get, in an indexed loop
    Map<String, Integer> priceMap(List<String> items) throws Exception {
        Map<String, Integer> prices = new HashMap<>();
        for (int i = 0; i < items.size(); i++) {
            String item = items.get(i);
            prices.put(item, price(item).thenApply(p -> p * 100).get()); // expect: sequential-await
        }
        return prices;
    }

    // case- sequential-await | started before, in another loop
    int totalTogether(List<String> items) {
        List<CompletableFuture<Integer>> prices = new ArrayList<>();
        for (String item : items) {
            prices.add(price(item));
        }
        int sum = 0;
        for (CompletableFuture<Integer> price : prices) {
            sum += price.join();
        }
        return sum;
    }

    // case- sequential-await | started before: collected between the two maps
    List<Integer> pricesTogether(List<String> items) {
        return items.stream().map(this::price).toList().stream().map(CompletableFuture::join).toList();
    }

    // case- sequential-await | each needs the last one's result
    int folded(List<String> items) {
        int value = 0;
        for (String item : items) {
            value = reduce(value, item).join();
        }
        return value;
    }

    // case- sequential-await | each needs the last one's result: paging
    List<String> allItems() {
        List<String> items = new ArrayList<>();
        String token = "";
        while (token != null) {
            Page page = page(token).join();
            items.addAll(page.items());
            token = page.next();
        }
        return items;
    }

    // case- sequential-await | a retry: the next is started only if the last one failed
    int priceWithRetry(String item) {
        for (int attempt = 1; attempt < 5; attempt++) {
            try {
                return price(item).join();
            } catch (CompletionException e) {
                log.warn("attempt {} failed", attempt, e);
            }
        }
        return -1;
    }

    // case- sequential-await | awaited once, after the loop
    void saveAllTogether(List<String> ids) {
        CompletableFuture<?>[] saved = new CompletableFuture<?>[ids.size()];
        for (int i = 0; i < saved.length; i++) {
            saved[i] = save(ids.get(i)).toCompletableFuture();
        }
        CompletableFuture.allOf(saved).join();
    }
}
