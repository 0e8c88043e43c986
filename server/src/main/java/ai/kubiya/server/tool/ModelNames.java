package ai.kubiya.server.tool;

import ai.kubiya.server.db.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Names for models of all tools of an organisation that can be run. A tool that shares its plain name with none has that name,
 * the others have their source's name behind it, and a number where even that is taken. So a name follows from the few tools
 * that are called alike, however many there are.
 */
final class ModelNames {
    private final ToolStore store;
    private final Transaction transaction;
    private final UUID organizationId;
    private final Set<String> reserved;

    /** @param reserved names that no tool of the organisation has */
    ModelNames(ToolStore store, Transaction transaction, UUID organizationId, Set<String> reserved) {
        this.store = store;
        this.transaction = transaction;
        this.organizationId = organizationId;
        this.reserved = Set.copyOf(reserved);
    }

    /** The names of these. */
    Map<UUID, String> of(List<Tool> tools) {
        return named(tools.stream().map(tool -> ModelName.plain(tool.name())).collect(Collectors.toSet()), Set.of());
    }

    /** The tool of a name. */
    Optional<UUID> find(String name) {
        Set<String> plain = heads(name);
        Set<String> beginnings = plain.stream()
                .filter(head -> head.length() >= ModelName.FITS)
                .map(head -> head.substring(0, ModelName.LEFT))
                .collect(Collectors.toSet());
        plain.add(name);
        // A name that is reserved has a number where a tool has it.
        reserved.stream().filter(taken -> name.startsWith(taken + "_")).forEach(plain::add);
        return named(plain, beginnings).entrySet().stream()
                .filter(tool -> tool.getValue().equals(name))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** What tools may be called whose name with their source's is this. */
    private static Set<String> heads(String name) {
        Set<String> heads = new HashSet<>();
        for (int at = name.indexOf("__"); at >= 0; at = name.indexOf("__", at + 1)) {
            heads.add(name.substring(0, at));
        }
        return heads;
    }

    private Map<UUID, String> named(Set<String> plain, Set<String> beginnings) {
        List<NamedTool> tools = store.runnableNamed(transaction, organizationId, plain, beginnings);
        Map<UUID, String> names = named(tools);
        // "a__b__c" may be an "a" of "b__c" and an "a__b" of "c", which have to know of each other.
        Set<String> all = new HashSet<>(plain);
        names.values().forEach(name -> all.addAll(heads(name)));
        return all.size() == plain.size() ? names : named(all, beginnings);
    }

    /** @param tools with each all that share its plain name, in the order of their names */
    private Map<UUID, String> named(List<NamedTool> tools) {
        Map<String, Long> count =
                tools.stream().collect(Collectors.groupingBy(NamedTool::plain, Collectors.counting()));
        Map<UUID, String> names = new HashMap<>();
        Map<UUID, String> wanted = new HashMap<>();
        List<UUID> order = new ArrayList<>();
        for (NamedTool tool : tools) {
            boolean alone = count.getOrDefault(tool.plain(), 0L) == 1;
            if (alone && !reserved.contains(tool.plain())) {
                names.put(tool.id(), tool.plain());
            } else {
                wanted.put(tool.id(), alone ? tool.plain() : ModelName.apart(tool.name(), tool.sourceName()));
                order.add(tool.id());
            }
        }
        number(order, wanted, names);
        return names;
    }

    private void number(List<UUID> order, Map<UUID, String> wanted, Map<UUID, String> names) {
        Set<String> taken = new HashSet<>(reserved);
        List<UUID> left = order;
        for (int number = 1; !left.isEmpty(); number++) {
            Map<UUID, String> tried = new HashMap<>();
            for (UUID id : left) {
                String name = wanted.getOrDefault(id, "");
                tried.put(id, number == 1 ? name : ModelName.numbered(name, number));
            }
            // What is some tool's plain name is left to it.
            store.runnableNamed(transaction, organizationId, tried.values(), Set.of())
                    .forEach(tool -> taken.add(tool.plain()));
            List<UUID> next = new ArrayList<>();
            for (UUID id : left) {
                String name = tried.getOrDefault(id, "");
                if (taken.add(name)) {
                    names.put(id, name);
                } else {
                    next.add(id);
                }
            }
            left = next;
        }
    }
}
