/**
 * Blocking work that must stay on one thread, and threads that work for their call while they wait
 * for it.
 *
 * <p>Read {@link dev.trestle.threadsensitive.ThreadSensitiveScope} and {@link
 * dev.trestle.threadsensitive.ThreadSensitiveExecutor} first; they are what an application uses,
 * with {@link dev.trestle.threadsensitive.Calls} inside of a body. The types marked "for building
 * bridges" are the seam for {@code SyncToAsync} and {@code AsyncToSync}: {@link
 * dev.trestle.threadsensitive.Call} is a node of the graph of calls in progress, {@link
 * dev.trestle.threadsensitive.BlockingCall} one that runs a body somewhere, {@link
 * dev.trestle.threadsensitive.CallerFrame} one that blocks its thread, {@link
 * dev.trestle.threadsensitive.LoopTask} one that waits without blocking its loop; {@link
 * dev.trestle.threadsensitive.Waiting} is what one of them waits for that others have to give.
 *
 * <p>The home of a chain of calls, where its thread-sensitive work runs, is
 *
 * <ol>
 *   <li>the thread of its scope, if it has one;
 *   <li>else the outermost thread of the chain that is blocked in {@code AsyncToSync} and is not
 *       itself running a {@code SyncToAsync} body; it runs the work while it waits;
 *   <li>else the one shared thread of the process, {@code trestle-shared}.
 * </ol>
 *
 * <p>Whatever happened before a call was made is visible to its body, what the body did is visible
 * to dependents of the future, and tasks of one home see each other's effects in order.
 *
 * <p>Unless a method says otherwise, a null argument is refused with a {@link NullPointerException}
 * that names the parameter, and every type here may be used from any number of threads at once.
 */
@NullMarked
package dev.trestle.threadsensitive;

import org.jspecify.annotations.NullMarked;
