package dev.latchkey.testing;

import dev.latchkey.dev.profile.EndpointKind;
import dev.latchkey.dev.requests.RecordedRequest;
import dev.latchkey.dev.requests.RequestLog;
import dev.latchkey.testing.LatchkeyExtension.Request;
import dev.latchkey.testing.LatchkeyExtension.Requests;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Some of the requests that a stand-in was asked. Thread-safe. */
record RequestsOfServer(RequestLog log, RequestLog.Filter wanted) implements Requests {
    static Requests all(RequestLog log) {
        return new RequestsOfServer(log, new RequestLog.Filter(null, null, null));
    }

    @Override
    public Requests on(Endpoint endpoint) {
        EndpointKind kind = endpoint.kind();
        return new RequestsOfServer(
                log, new RequestLog.Filter(kind == null ? null : kind.publicName(), wanted.keyId(), null));
    }

    @Override
    public Requests from(String keyId) {
        return new RequestsOfServer(log, new RequestLog.Filter(wanted.on(), keyId, null));
    }

    @Override
    public List<Request> all() {
        return log.find(wanted).stream().map(RequestsOfServer::shown).toList();
    }

    @Override
    public int count() {
        return log.find(wanted).size();
    }

    @Override
    public List<Request> await(int atLeast, Duration most) {
        List<Request> found = log.await(wanted, atLeast, most).join().stream()
                .map(RequestsOfServer::shown)
                .toList();
        if (found.size() < atLeast) {
            throw new AssertionError("There should be " + atLeast + " requests"
                    + (wanted.on() == null ? "" : " to the endpoint " + wanted.on())
                    + (wanted.keyId() == null ? "" : " from the key " + wanted.keyId()) + " within " + most
                    + ", and there are " + found.size() + ": " + found);
        }
        return found;
    }

    private static Request shown(RecordedRequest request) {
        Integer status = request.status();
        return new Request(
                request.at(),
                Endpoint.of(request.on()),
                request.method(),
                request.path(),
                status == null ? OptionalInt.empty() : OptionalInt.of(status),
                Optional.ofNullable(request.keyId()),
                Optional.ofNullable(request.scope()),
                Optional.ofNullable(request.reason()),
                Optional.ofNullable(request.advice()));
    }
}
