package cases.second;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Executors, timers, the JDK's own asynchronous APIs, Netty, Guava. */
abstract class Executors2 extends Svc {

    private ScheduledFuture<?> timer;
    private Future<?> job;

    protected abstract void tick();
    protected abstract ListenableFuture<String> ask(String q);

    void submits(String id) {
        pool.submit(() -> importAll(id)); // expect: un-awaited/statement
        pool.submit(() -> compute(id)); // expect: un-awaited/statement
        pool.submit(this::tick); // expect: un-awaited
        CompletableFuture.runAsync(() -> importAll(id), pool); // expect: un-awaited/statement
        CompletableFuture.supplyAsync(() -> compute(id), pool); // expect: un-awaited/statement
        scheduler.schedule(() -> importAll(id), 1, TimeUnit.SECONDS); // expect: un-awaited
        scheduler.scheduleAtFixedRate(this::tick, 0, 1, TimeUnit.SECONDS); // expect: un-awaited/periodic
        scheduler.scheduleAtFixedRate(() -> importAll(id), 5, 5, TimeUnit.MINUTES); // expect: un-awaited/periodic
        pool.submit(() -> { // expect: un-awaited
            log("x");
            store.save(id); // expect: un-awaited/statement
        });
        timer = scheduler.scheduleAtFixedRate(this::flush, 0, 1, TimeUnit.SECONDS); // expect: un-awaited/method-ref
    }

    void submitsSeen(String id) throws Exception {
        pool.execute(() -> importAll(id)); // ok: un-awaited
        pool.submit(() -> importAll(id)).get(); // ok: un-awaited
        job = pool.submit(() -> importAll(id)); // ok: un-awaited
        timer = scheduler.scheduleAtFixedRate(this::tick, 0, 1, TimeUnit.SECONDS); // ok: un-awaited
        this.timer = scheduler.schedule(() -> importAll(id), 1, TimeUnit.SECONDS); // ok: un-awaited
        timer.cancel(false); // ok: un-awaited
        ScheduledFuture<?> t = scheduler.schedule(this::tick, 1, TimeUnit.SECONDS); // ok: un-awaited
        t.cancel(true);
        CompletableFuture.runAsync(() -> importAll(id), pool).join(); // ok: un-awaited
        CompletableFuture.runAsync(() -> importAll(id), pool).exceptionally(e -> { log("import", e); return null; }); // ok: un-awaited
    }

    void catchesEverything(String id) {
        pool.submit(() -> { // ok: un-awaited
            try {
                importAll(id);
            } catch (Throwable t) {
                log("import " + id, t);
            }
        });
        pool.submit(() -> { try { tick(); } catch (Throwable t) { log("tick", t); } }); // ok: un-awaited
    }

    void completionService(String id) throws Exception {
        var ecs = new ExecutorCompletionService<String>(pool);
        ecs.submit(() -> compute(id)); // ok: un-awaited
        ecs.submit(() -> importAll(id), "done"); // ok: un-awaited
        log(ecs.take().get());
    }

    String futureTask(String id) throws Exception {
        FutureTask<String> t = new FutureTask<>(() -> compute(id)); // ok: un-awaited
        pool.submit(t); // ok: un-awaited
        return t.get();
    }

    String futureTaskThread(String id) throws Exception {
        FutureTask<String> t = new FutureTask<>(() -> compute(id)); // ok: un-awaited
        new Thread(t).start(); // ok: un-awaited
        return t.get();
    }

    void jdk(HttpClient http, HttpRequest req, AsynchronousFileChannel file, AsynchronousSocketChannel sock, WebSocket ws, Process p, ByteBuffer b) {
        http.sendAsync(req, HttpResponse.BodyHandlers.discarding()); // expect: un-awaited
        file.write(b, 0L); // expect: un-awaited
        sock.write(b); // expect: un-awaited
        ws.sendText("hello", true); // expect: un-awaited
        p.onExit().thenRun(this::tick); // expect: un-awaited
        p.onExit().thenAccept(x -> log("exit " + x.exitValue())).exceptionally(e -> { log("exit", e); return null; }); // ok: un-awaited
        p.onExit().join(); // ok: un-awaited
    }

    CompletableFuture<Integer> http(HttpClient http, HttpRequest req) {
        return http.sendAsync(req, HttpResponse.BodyHandlers.discarding()).thenApply(HttpResponse::statusCode); // ok: un-awaited
    }

    void jdkSeen(AsynchronousFileChannel file, WebSocket ws, ByteBuffer b) throws Exception {
        int n = file.read(b, 0L).get(); // ok: un-awaited
        ws.sendClose(WebSocket.NORMAL_CLOSURE, "bye").join(); // ok: un-awaited
        ws.request(n); // ok: un-awaited
        ws.abort(); // ok: un-awaited
    }

    void netty(ChannelHandlerContext ctx, Channel ch, Object msg) {
        ctx.writeAndFlush(msg); // expect: un-awaited/netty
        ch.close(); // expect: un-awaited/netty
        ctx.channel().writeAndFlush(msg); // expect: un-awaited/netty
        ctx.fireChannelRead(msg); // ok: un-awaited
    }

    ChannelFuture nettySeen(ChannelHandlerContext ctx, Object msg, ChannelFuture held) throws InterruptedException {
        held.addListener(ChannelFutureListener.CLOSE); // ok: un-awaited
        held.sync(); // ok: un-awaited
        ChannelFuture f = ctx.writeAndFlush(msg); // ok: un-awaited
        f.addListener(ChannelFutureListener.CLOSE); // ok: un-awaited
        held.addListener((ChannelFutureListener) x -> log("sent")); // ok: un-awaited
        return ctx.close(); // ok: un-awaited
    }

    void nettyInner(ChannelHandlerContext ctx, ChannelFuture held) {
        held.addListener((ChannelFutureListener) x -> ctx.close()); // expect: un-awaited
    }

    void guava(String q, FutureCallback<String> cb) {
        ask(q); // expect: un-awaited
        Futures.transform(ask(q), String::trim, pool); // expect: un-awaited
        Futures.addCallback(ask(q), cb, pool); // ok: un-awaited
    }

    ListenableFuture<Integer> guavaReturned(String q) {
        return Futures.transform(ask(q), String::length, pool); // ok: un-awaited
    }
}
