package dev.latchkey.http.server;

import org.eclipse.jetty.server.Handler;

/**
 * A handler that a service gets in front of all of its endpoints. The request has its id, and its header is within the
 * limits and the deadline of every request. The thread that reads from the connections calls it and must not be made to
 * wait.
 */
public abstract class FrontHandler extends Handler.Wrapper {
    @Override
    public final InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }
}
