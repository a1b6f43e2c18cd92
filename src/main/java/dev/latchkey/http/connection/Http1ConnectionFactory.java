package dev.latchkey.http.connection;

import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;

/** Makes connections whose requests are bounded. */
public final class Http1ConnectionFactory extends HttpConnectionFactory {
    private final HeaderLimits limits;

    public Http1ConnectionFactory(HttpConfiguration http, HeaderLimits limits) {
        super(http);
        this.limits = limits;
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        return configure(new Http1Connection(getHttpConfiguration(), connector, endPoint, limits), connector, endPoint);
    }
}
