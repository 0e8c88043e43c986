package ai.kubiya.server.crypto;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The master keys that this server has.
 *
 * @param current seals
 * @param others open what was sealed before
 */
record KeyRing(MasterKey current, List<MasterKey> others) {
    KeyRing {
        others = others.stream().filter(key -> !key.equals(current)).distinct().toList();
    }

    Optional<MasterKey> find(String id) {
        return all().stream().filter(key -> key.id().equals(id)).findFirst();
    }

    List<MasterKey> all() {
        List<MasterKey> all = new ArrayList<>(others);
        all.addFirst(current);
        return all;
    }

    List<String> otherIds() {
        return others.stream().map(MasterKey::id).toList();
    }
}
