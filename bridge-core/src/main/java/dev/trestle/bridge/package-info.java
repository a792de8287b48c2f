/**
 * Blocking code and async code call each other.
 *
 * <p>Read {@link dev.trestle.bridge.SyncToAsync} and {@link dev.trestle.bridge.AsyncToSync}, one
 * the mirror image of the other, then {@link dev.trestle.bridge.EventLoop} and {@link
 * dev.trestle.bridge.Tasks}, straight-line code on one. {@link dev.trestle.bridge.Limiter}, {@link
 * dev.trestle.bridge.AsyncLock} and {@link dev.trestle.bridge.Channel} stand between calls of
 * either colour. Which thread runs what:
 *
 * <table>
 *   <caption>Threads</caption>
 *   <tr><th>call</th><th>made from</th><th>runs on</th></tr>
 *   <tr><td>{@code SyncToAsync.threadSensitive()}</td><td>anywhere</td>
 *     <td>the home of the chain; a blocked caller runs it while it waits</td></tr>
 *   <tr><td>{@code SyncToAsync.concurrent()}</td><td>anywhere</td><td>a worker</td></tr>
 *   <tr><td>{@code SyncToAsync.on(executor)}</td><td>anywhere</td><td>there</td></tr>
 *   <tr><td>dependents of what they return</td><td>a loop</td><td>that loop</td></tr>
 *   <tr><td></td><td>no loop</td><td>a worker</td></tr>
 *   <tr><td>{@code AsyncToSync.create()}</td><td>a loop</td><td>refused</td></tr>
 *   <tr><td></td><td>blocking code that a loop called</td><td>that loop</td></tr>
 *   <tr><td></td><td>any other thread</td><td>the calling thread, while it waits</td></tr>
 *   <tr><td>{@code AsyncToSync.on(loop)}</td><td>not a loop</td><td>that loop</td></tr>
 *   <tr><td>{@code loop.start(task)}</td><td>anywhere</td>
 *     <td>a thread of its own, for whose turns the loop stands still</td></tr>
 * </table>
 *
 * <p>Unless a method says otherwise, a null argument is refused with a {@link NullPointerException}
 * that names the parameter, and every type here may be used from any number of threads at once.
 */
@NullMarked
package dev.trestle.bridge;

import org.jspecify.annotations.NullMarked;
