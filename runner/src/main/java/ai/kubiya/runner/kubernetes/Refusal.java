package ai.kubiya.runner.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Locale;

/** Says in a sentence why a cluster did not do what it was asked, and what to do about it. */
final class Refusal {
    private static final int INVALID = 422;
    private static final int TOO_MANY = 429;
    private static final int LONGEST = 500;

    private Refusal() {}

    static String sentence(String asked, String namespace, KubernetesClientException e) {
        String words = words(e);
        String lower = words.toLowerCase(Locale.ROOT);
        if (e.getCode() <= 0) {
            return "the cluster does not answer: " + words;
        }
        return switch (e.getCode()) {
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                "the cluster does not know this runner: its credentials are refused (the service account's token, or those"
                        + " of the kubeconfig): " + words;
            case HttpURLConnection.HTTP_FORBIDDEN -> {
                if (lower.contains("exceeded quota")) {
                    yield "the quota of the namespace " + namespace + " is used up: " + words;
                }
                yield "the cluster does not let this runner " + asked + " in the namespace " + namespace
                        + "; give its service account the role of the runner's chart (runner.executor=kubernetes): "
                        + words;
            }
            case HttpURLConnection.HTTP_NOT_FOUND ->
                lower.contains("namespaces \"")
                        ? "the cluster has no namespace " + namespace
                                + ": set KUBIYA_KUBERNETES_NAMESPACE to one it has"
                        : "the cluster cannot " + asked + ": " + words;
            case INVALID -> "the cluster finds the tool wrong and does not " + asked + ": " + words;
            default -> "the cluster did not " + asked + " (" + e.getCode() + "): " + words;
        };
    }

    /** True when the same question may have another answer soon. */
    static boolean mayPass(KubernetesClientException e) {
        return e.getCode() <= 0 || e.getCode() == TOO_MANY || e.getCode() >= HttpURLConnection.HTTP_INTERNAL_ERROR;
    }

    /** The cluster's own words, short enough for a message. */
    static String words(KubernetesClientException e) {
        String status = e.getStatus() == null ? null : e.getStatus().getMessage();
        String text = status == null || status.isEmpty() ? cause(e) : status;
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    private static String cause(Throwable e) {
        Throwable first = e;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        String text = first.getMessage();
        return text == null ? first.getClass().getSimpleName() : text;
    }
}
