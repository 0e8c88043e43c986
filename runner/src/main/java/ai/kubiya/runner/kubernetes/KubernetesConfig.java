package ai.kubiya.runner.kubernetes;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where and how Jobs are made.
 *
 * @param context of the kubeconfig; empty = its current one, or the cluster that this process is in
 * @param namespace empty = the pod's or the kubeconfig's own
 * @param serviceAccount of Jobs, whose token tools get; empty = the namespace's default one, without its token
 * @param pullSecrets for the images of tools and their services
 * @param image of tools that name none
 * @param cpu what a tool may use at most, such as {@code 2} or {@code 500m}; empty = no limit
 * @param storageClass of tools' volumes; empty = the cluster's default
 * @param longestStart how long a pod may take to begin: finding a node, pulling images, starting services
 */
public record KubernetesConfig(
        String context,
        String namespace,
        String serviceAccount,
        List<String> pullSecrets,
        String image,
        String cpu,
        String storageClass,
        Duration longestStart) {
    public static final String USUAL_IMAGE = "python:3-slim";
    public static final int USUAL_START_SECONDS = 600;
    public static final String CPU_RULE = "must be a number of processors such as 2, 0.5 or 500m";
    private static final Pattern CPU = Pattern.compile("\\d{1,4}(\\.\\d{1,3})?|\\d{1,7}m");

    /** With nothing set: the cluster, namespace and service account that are there. */
    public static final KubernetesConfig USUAL =
            new KubernetesConfig("", "", "", List.of(), "", "", "", Duration.ofSeconds(USUAL_START_SECONDS));

    /** Takes the usual image in place of an empty one. */
    public KubernetesConfig {
        pullSecrets = List.copyOf(pullSecrets);
        image = image.isEmpty() ? USUAL_IMAGE : image;
    }

    /** Whether a text says how many processors; an empty one says any number. */
    public static boolean isCpu(String text) {
        return text.isEmpty() || CPU.matcher(text).matches();
    }

    public KubernetesConfig withNamespace(String other) {
        return new KubernetesConfig(
                context, other, serviceAccount, pullSecrets, image, cpu, storageClass, longestStart);
    }

    public KubernetesConfig withLongestStart(Duration other) {
        return new KubernetesConfig(context, namespace, serviceAccount, pullSecrets, image, cpu, storageClass, other);
    }
}
