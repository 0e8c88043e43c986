package ai.kubiya.server.gitops.hook;

/**
 * Where and with what a git host is spoken to.
 *
 * @param apiUrl without a slash at its end
 */
public record HostAccount(String apiUrl, String token) {
    /** Never prints the token. */
    @Override
    public String toString() {
        return "HostAccount[" + apiUrl + "]";
    }
}
