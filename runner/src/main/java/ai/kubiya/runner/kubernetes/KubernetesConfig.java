package ai.kubiya.runner.kubernetes;

import java.util.List;

/**
 * How Jobs are made.
 *
 * @param namespace empty = the pod's or the kubeconfig's own
 * @param serviceAccount empty = the namespace's default
 * @param pullSecrets for the images of tools
 * @param image of tools that name none
 * @param storageClass of tools' volumes; empty = the cluster's default
 */
public record KubernetesConfig(
        String namespace, String serviceAccount, List<String> pullSecrets, String image, String storageClass) {
    private static final String IMAGE = "python:3-slim";

    public static final KubernetesConfig USUAL = of("", "", List.of(), "", "");

    /** With the usual image in place of an empty one. */
    public static KubernetesConfig of(
            String namespace, String serviceAccount, List<String> pullSecrets, String image, String storageClass) {
        return new KubernetesConfig(
                namespace, serviceAccount, List.copyOf(pullSecrets), image.isEmpty() ? IMAGE : image, storageClass);
    }
}
