package ai.kubiya.server;

import ai.kubiya.server.agent.Agent;
import ai.kubiya.server.agent.AgentService;
import ai.kubiya.server.config.Setting;
import ai.kubiya.server.health.Metrics;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.knowledge.KnowledgeReferences;
import ai.kubiya.server.knowledge.KnowledgeRoutes;
import ai.kubiya.server.knowledge.KnowledgeService;
import ai.kubiya.server.knowledge.external.ExternalKnowledgeCompatRoutes;
import ai.kubiya.server.knowledge.external.ExternalKnowledgeService;
import ai.kubiya.server.knowledge.file.Extractor;
import ai.kubiya.server.knowledge.file.FileRoutes;
import ai.kubiya.server.knowledge.folder.FolderRoutes;
import ai.kubiya.server.knowledge.folder.FolderService;
import ai.kubiya.server.knowledge.meaning.EmbeddingWorker;
import ai.kubiya.server.knowledge.meaning.Meanings;
import ai.kubiya.server.knowledge.meaning.PgvectorIndex;
import ai.kubiya.server.knowledge.meaning.Vectors;
import ai.kubiya.server.knowledge.passage.PassageIndex;
import ai.kubiya.server.knowledge.query.QueryRoutes;
import ai.kubiya.server.knowledge.search.KnowledgeRetrieval;
import ai.kubiya.server.knowledge.search.KnowledgeSearch;
import ai.kubiya.server.knowledge.search.SearchRoutes;
import ai.kubiya.server.source.SourceService;
import ai.kubiya.server.source.git.GitFetcher;
import ai.kubiya.server.user.Group;
import ai.kubiya.server.user.GroupService;
import ai.kubiya.server.user.User;
import ai.kubiya.server.user.UserService;
import java.time.Duration;
import java.util.List;

/** Knowledge: entries, their search, what agents are told of them, and where they come from. */
final class KnowledgeParts {
    /** The rest of the machine is for those who wait for an answer. */
    private static final int MOST_EMBEDDING_THREADS = 4;

    private static final Duration LONGEST_READING = Duration.ofSeconds(60);

    /** What agents are told. */
    final KnowledgeForAgents forAgents;

    private final KnowledgeService knowledge;
    private final PgvectorIndex pgvector;
    private final Vectors vectors;
    private final KnowledgeSearch search;
    private final EmbeddingWorker worker;
    private final Foundation foundation;
    private final Extractor extractor;
    private final FolderService folders;

    KnowledgeParts(
            Foundation foundation,
            UserService users,
            GroupService groups,
            AgentService agents,
            SourceService sources,
            GitFetcher git) {
        this.foundation = foundation;
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
        pgvector = foundation.closing.add(new PgvectorIndex(foundation.database));
        vectors = new Vectors(
                foundation.database,
                meanings,
                pgvector,
                (long) foundation.settings.number(Setting.KNOWLEDGE_MEMORY_MB) << 20);
        search = new KnowledgeSearch(foundation.database, vectors, knowledge);
        forAgents = new KnowledgeForAgents(foundation.database, groups, new KnowledgeRetrieval(search, knowledge));
        extractor = new Extractor(foundation.directory.workspace(), LONGEST_READING);
        folders = new FolderService(
                foundation.database, git, knowledge, sources, users, foundation.audit, foundation.clock);
        worker = foundation.closing.add(
                new EmbeddingWorker(foundation.database, meanings, foundation.signals, foundation.clock));
        foundation.housekeeping.every(Duration.ofSeconds(15), "counting the words of knowledge", passages::countWords);
        foundation.housekeeping.every(
                Duration.ofSeconds(15),
                "syncing folders of knowledge",
                () -> Thread.ofVirtual().name("knowledge-folders").start(folders::syncOutdated));
        foundation.housekeeping.every(Duration.ofMinutes(30), "forgetting passages that went", passages::forgetGone);
    }

    /** Work in the background, which others of the same database share. */
    void start(Metrics metrics) {
        metrics.gauge("kubiya.knowledge.memory", "Bytes of vectors in memory", vectors::bytes);
        metrics.gauge("kubiya.knowledge.waiting", "Passages that have no vector yet", worker::waiting);
        metrics.gauge(
                "kubiya.knowledge.pgvector",
                "1 where pgvector finds the passages of large organisations",
                () -> pgvector.isReady() ? 1 : 0);
        if (foundation.settings.flag(Setting.KNOWLEDGE_EMBEDDINGS)) {
            preparePgvector();
            foundation.housekeeping.every(Duration.ofMinutes(1), "looking for pgvector", this::preparePgvector);
        }
        worker.start(Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, MOST_EMBEDDING_THREADS));
    }

    /** Building an index may take minutes, and others have chores as well. */
    private void preparePgvector() {
        Thread.ofVirtual().name("pgvector").start(pgvector::prepare);
    }

    List<Routes> routes() {
        return List.of(
                new KnowledgeRoutes(knowledge),
                new SearchRoutes(search),
                new QueryRoutes(search, foundation.clock),
                new ExternalKnowledgeCompatRoutes(
                        new ExternalKnowledgeService(foundation.database, foundation.audit, foundation.clock)),
                new FolderRoutes(folders),
                new FileRoutes(knowledge, extractor, foundation.directory.workspace()));
    }
}
