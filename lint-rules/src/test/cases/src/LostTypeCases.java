package cases;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import graphql.schema.DataFetcher;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.mockito.stubbing.Answer;

/** lost-future-type. */
public abstract class LostTypeCases {
    interface Users {
        CompletableFuture<String> load(String id);

        CompletionStage<Integer> count();

        String name();
    }

    private final Users users;
    private final Map<String, Function<String, Object>> routes = new HashMap<>();

    protected LostTypeCases(Users users) {
        this.users = users;
    }

    // case+ lost-future-type | a future returned as Object from a method, in a branch
    Object handle(String command) {
        if (command.startsWith("load ")) {
            return users.load(command.substring(5)); // expect: lost-future-type
        }
        return "unknown command " + command;
    }

    // case+ lost-future-type | from a lambda whose function type returns Object
    void routes() {
        routes.put("load", id -> users.load(id)); // expect: lost-future-type
        routes.put("name", id -> users.name());
    }

    // case+ lost-future-type | from a method reference whose function type returns Object
    Supplier<Object> counter() {
        return users::count; // expect: lost-future-type
    }

    // case+ lost-future-type | from a block lambda of a Callable<Object>
    Callable<Object> task(String id) {
        return () -> {
            if (id.isEmpty()) {
                return "";
            }
            return users.load(id).thenApply(String::trim); // expect: lost-future-type
        };
    }

    // case- lost-future-type | declared
    CompletionStage<?> handleAsync(String command) {
        if (command.startsWith("load ")) {
            return users.load(command.substring(5));
        }
        return CompletableFuture.completedFuture("unknown command " + command);
    }

    // case- lost-future-type | joined first
    Object handleNow(String command) {
        return users.load(command).join();
    }

    // case- lost-future-type | proxies
    Users traced(Users target) {
        InvocationHandler handler = (proxy, method, args) -> {
            if (method.getName().equals("load")) {
                return target.load((String) args[0]).thenApply(String::trim);
            }
            return method.invoke(target, args);
        };
        return (Users) Proxy.newProxyInstance(Users.class.getClassLoader(), new Class<?>[] {Users.class}, handler);
    }

    // case- lost-future-type | Answer
    Users mocked() {
        Users mocked = mock(Users.class);
        Answer<Object> answer = invocation -> CompletableFuture.completedFuture(invocation.<String>getArgument(0));
        when(mocked.load("a")).thenAnswer(answer);
        return mocked;
    }

    // case- lost-future-type | DataFetcher
    DataFetcher<Object> fetcher() {
        return environment -> users.load(environment.getArgument("id"));
    }

    static <T> T measured(Supplier<T> body) {
        long start = System.nanoTime();
        try {
            return body.get();
        } finally {
            System.out.println(System.nanoTime() - start);
        }
    }

    // case- lost-future-type | inferred T
    CompletableFuture<String> measuredLoad(String id) {
        return measured(() -> users.load(id));
    }

    // case- lost-future-type | Object that is no future: the holder, the value, the key
    Object describe(String id) {
        Map<String, CompletableFuture<String>> parts = new HashMap<>();
        parts.put("a", users.load(id));
        return parts;
    }
}
