package ai.kubiya.server.http;

/** The paths of one feature. */
public interface Routes {
    void addTo(Router router);
}
