package dev.latchkey.dev.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.json.JsonBinding;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** The claims of tokens as platforms give them to the workloads that run there. */
final class WorkloadToken {
    private static final String GITHUB = "github";
    private static final String KUBERNETES = "kubernetes";

    private WorkloadToken() {}

    static boolean isKind(String as) {
        return as.equals(GITHUB) || as.equals(KUBERNETES);
    }

    static Duration lifetime(String as) {
        return as.equals(GITHUB) ? Duration.ofMinutes(5) : Duration.ofHours(1);
    }

    /** The claims beside those that every token has, and {@code sub}, which follows from them. */
    static ObjectNode claims(String as, ObjectNode chosen, Instant now) {
        return as.equals(GITHUB) ? github(chosen) : kubernetes(chosen, now);
    }

    /** As GitHub's OpenID Connect reference for Actions has them. */
    private static ObjectNode github(ObjectNode chosen) {
        ObjectNode claims = JsonBinding.object();
        String repository = text(chosen, "repository", "acme/app");
        String owner = repository.contains("/") ? repository.substring(0, repository.indexOf('/')) : repository;
        String ref = text(chosen, "ref", "refs/heads/main");
        String workflow = repository + "/.github/workflows/deploy.yml@" + ref;
        String commit = "0123456789abcdef0123456789abcdef01234567";
        claims.put("repository", repository)
                .put("repository_id", "74")
                .put("repository_owner", owner)
                .put("repository_owner_id", "65")
                .put("repository_visibility", "private")
                .put("ref", ref)
                .put("ref_type", ref.startsWith("refs/tags/") ? "tag" : "branch")
                .put("ref_protected", "true")
                .put("sha", commit)
                .put("event_name", "push")
                .put("actor", "octocat")
                .put("actor_id", "12")
                .put("base_ref", "")
                .put("head_ref", "")
                .put("workflow", "deploy")
                .put("workflow_ref", workflow)
                .put("workflow_sha", commit)
                .put("job_workflow_ref", workflow)
                .put("job_workflow_sha", commit)
                .put("run_id", "1001")
                .put("run_number", "10")
                .put("run_attempt", "1")
                .put("runner_environment", "github-hosted");
        claims.setAll(chosen);
        String context = chosen.has("environment")
                ? "environment:" + text(chosen, "environment", "")
                : text(claims, "event_name", "").equals("pull_request") ? "pull_request" : "ref:" + ref;
        return claims.put("sub", "repo:" + repository + ":" + context);
    }

    /** As the token of a service account that is projected into a pod has them. */
    private static ObjectNode kubernetes(ObjectNode chosen, Instant now) {
        String namespace = text(chosen, "namespace", "default");
        String account = text(chosen, "serviceaccount", "default");
        ObjectNode own = JsonBinding.object().put("namespace", namespace);
        own.putObject("node").put("name", "node-1").put("uid", "5fdf6bf1-61dc-43ae-a8d5-4e15b4a0a5b2");
        own.putObject("pod").put("name", account + "-0").put("uid", "47d17ea9-e6a3-4a5d-9d3b-1a1b1c0c9d11");
        own.putObject("serviceaccount").put("name", account).put("uid", "8b7c2f0a-0f3c-4c3f-a2d9-6f4a27d0b7c4");
        own.put("warnafter", now.plusSeconds(3607).getEpochSecond());
        ObjectNode claims = JsonBinding.object();
        claims.set("kubernetes.io", own);
        chosen.properties().stream()
                .filter(claim -> !Set.of("namespace", "serviceaccount").contains(claim.getKey()))
                .forEach(claim -> claims.set(claim.getKey(), claim.getValue()));
        return claims.put("sub", "system:serviceaccount:" + namespace + ":" + account);
    }

    private static String text(ObjectNode claims, String name, String standard) {
        JsonNode value = claims.path(name);
        return value.isTextual() ? value.textValue() : standard;
    }
}
