package ai.kubiya.server;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.agent.Agent;
import ai.kubiya.server.agent.AgentService;
import ai.kubiya.server.agent.chat.loop.KnowledgePassage;
import ai.kubiya.server.agent.chat.work.AgentKnowledge;
import ai.kubiya.server.config.Setting;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.health.Metrics;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.knowledge.KnowledgeReferences;
import ai.kubiya.server.knowledge.KnowledgeRoutes;
import ai.kubiya.server.knowledge.KnowledgeService;
import ai.kubiya.server.knowledge.meaning.EmbeddingWorker;
import ai.kubiya.server.knowledge.meaning.Meanings;
import ai.kubiya.server.knowledge.meaning.VectorMemory;
import ai.kubiya.server.knowledge.passage.PassageIndex;
import ai.kubiya.server.knowledge.search.FoundPassage;
import ai.kubiya.server.knowledge.search.KnowledgeRetrieval;
import ai.kubiya.server.knowledge.search.KnowledgeSearch;
import ai.kubiya.server.knowledge.search.SearchRoutes;
import ai.kubiya.server.user.Group;
import ai.kubiya.server.user.GroupService;
import ai.kubiya.server.user.User;
import ai.kubiya.server.user.UserService;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Knowledge: entries, their search, what agents are told of them, and where they come from. */
final class KnowledgeParts implements AgentKnowledge {
    /** The rest of the machine is for those who wait for an answer. */
    private static final int MOST_EMBEDDING_THREADS = 4;

    private final KnowledgeService knowledge;
    private final VectorMemory vectors;
    private final KnowledgeSearch search;
    private final KnowledgeRetrieval retrieval;
    private final EmbeddingWorker worker;
    private final Database database;
    private final GroupService groups;

    KnowledgeParts(Foundation foundation, UserService users, GroupService groups, AgentService agents) {
        this.database = foundation.database;
        this.groups = groups;
        KnowledgeReferences references = new KnowledgeReferences(
                (transaction, caller, name) ->
                        users.find(transaction, caller, name).map(User::id),
                (transaction, caller, name) ->
                        groups.find(transaction, caller, name).map(Group::id),
                (transaction, caller, name) ->
                        agents.find(transaction, caller, name).map(Agent::id));
        PassageIndex passages = new PassageIndex(foundation.database, foundation.bell, foundation.clock);
        knowledge = new KnowledgeService(
                foundation.database, passages, references, foundation.audit, foundation.events, foundation.clock);
        Meanings meanings =
                foundation.closing.add(new Meanings(foundation.settings.flag(Setting.KNOWLEDGE_EMBEDDINGS)));
        vectors = new VectorMemory(
                foundation.database, meanings, (long) foundation.settings.number(Setting.KNOWLEDGE_MEMORY_MB) << 20);
        search = new KnowledgeSearch(foundation.database, vectors, knowledge);
        retrieval = new KnowledgeRetrieval(search);
        worker = foundation.closing.add(
                new EmbeddingWorker(foundation.database, meanings, foundation.signals, foundation.clock));
        foundation.housekeeping.every(Duration.ofSeconds(15), "counting the words of knowledge", passages::countWords);
        foundation.housekeeping.every(Duration.ofMinutes(30), "forgetting passages that went", passages::forgetGone);
    }

    @Override
    public List<KnowledgePassage> find(Caller caller, Agent agent, String question) {
        List<String> allowed = agent.definition().allowedGroups();
        List<UUID> agentGroups = allowed.isEmpty()
                ? List.of()
                : database.read(transaction -> allowed.stream()
                        .flatMap(name -> groups.find(transaction, caller, name.strip()).stream())
                        .map(Group::id)
                        .toList());
        List<FoundPassage> found = retrieval.find(caller, agent.id(), agentGroups, question);
        return IntStream.range(0, found.size())
                .mapToObj(i -> passage(i + 1, found.get(i)))
                .toList();
    }

    private static KnowledgePassage passage(int number, FoundPassage found) {
        return new KnowledgePassage(
                number,
                found.of().entry().toString(),
                found.of().version(),
                found.of().title(),
                found.heading(),
                found.text(),
                found.position(),
                found.start(),
                found.end(),
                found.relevance(),
                found.of().forSome());
    }

    void measured(Metrics metrics) {
        metrics.gauge("kubiya.knowledge.memory", "Bytes of vectors in memory", vectors::bytes);
        metrics.gauge("kubiya.knowledge.waiting", "Passages that have no vector yet", worker::waiting);
    }

    /** Work in the background, which others of the same database share. */
    void start() {
        worker.start(Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, MOST_EMBEDDING_THREADS));
    }

    List<Routes> routes() {
        return List.of(new KnowledgeRoutes(knowledge), new SearchRoutes(search));
    }
}
