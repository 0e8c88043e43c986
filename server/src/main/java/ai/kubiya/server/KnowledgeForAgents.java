package ai.kubiya.server;

import ai.kubiya.server.access.Caller;
import ai.kubiya.server.access.Scope;
import ai.kubiya.server.agent.Agent;
import ai.kubiya.server.agent.chat.CitedTexts;
import ai.kubiya.server.agent.chat.loop.Citation;
import ai.kubiya.server.agent.chat.loop.KnowledgePassage;
import ai.kubiya.server.agent.chat.loop.TurnKnowledge;
import ai.kubiya.server.agent.chat.work.AgentKnowledge;
import ai.kubiya.server.db.Database;
import ai.kubiya.server.knowledge.Reader;
import ai.kubiya.server.knowledge.search.FoundPassage;
import ai.kubiya.server.knowledge.search.KnowledgeRetrieval;
import ai.kubiya.server.knowledge.search.Place;
import ai.kubiya.server.knowledge.search.Quote;
import ai.kubiya.server.user.Group;
import ai.kubiya.server.user.GroupService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Knowledge in conversations. Agents are told what those may read who ask them, and readers of a conversation see what they may
 * read themselves: a key that is not for knowledge gets none of it in either way.
 */
final class KnowledgeForAgents implements AgentKnowledge, CitedTexts {
    private final Database database;
    private final GroupService groups;
    private final KnowledgeRetrieval retrieval;

    KnowledgeForAgents(Database database, GroupService groups, KnowledgeRetrieval retrieval) {
        this.database = database;
        this.groups = groups;
        this.retrieval = retrieval;
    }

    @Override
    public TurnKnowledge of(Caller caller, Agent agent) {
        return caller.may(Scope.KNOWLEDGE_READ) ? new OfTurn(reader(caller, agent)) : TurnKnowledge.NONE;
    }

    private Reader reader(Caller caller, Agent agent) {
        List<String> allowed = agent.definition().allowedGroups();
        List<UUID> agentGroups = allowed.isEmpty()
                ? List.of()
                : database.read(transaction -> allowed.stream()
                        .flatMap(name -> groups.find(transaction, caller, name.strip()).stream())
                        .map(Group::id)
                        .toList());
        return Reader.inTurn(caller, agent.id(), agentGroups);
    }

    private final class OfTurn implements TurnKnowledge {
        private final Reader reader;

        private OfTurn(Reader reader) {
            this.reader = reader;
        }

        @Override
        public List<KnowledgePassage> find(String question) {
            List<FoundPassage> found = retrieval.find(reader, question);
            return IntStream.range(0, found.size())
                    .mapToObj(i -> passage(i + 1, found.get(i)))
                    .toList();
        }

        @Override
        public List<KnowledgePassage> read(List<Citation> citations) {
            Map<Place, Quote> quotes = retrieval.read(reader, places(citations));
            List<KnowledgePassage> passages = new ArrayList<>();
            for (Citation citation : citations) {
                Quote quote = quotes.get(place(citation));
                if (quote != null) {
                    passages.add(new KnowledgePassage(citation, quote.title(), quote.heading(), quote.text()));
                }
            }
            return passages;
        }
    }

    private static KnowledgePassage passage(int number, FoundPassage found) {
        Citation citation = Citation.of(
                number,
                found.of().entry().toString(),
                found.of().version(),
                found.position(),
                found.start(),
                found.end(),
                found.relevance());
        return new KnowledgePassage(citation, found.of().title(), found.heading(), found.text());
    }

    @Override
    public List<Citation> readBy(Caller caller, List<Citation> citations) {
        if (!caller.may(Scope.KNOWLEDGE_READ)) {
            return citations;
        }
        Map<Place, Quote> quotes = retrieval.read(Reader.of(caller), places(citations));
        return citations.stream()
                .map(citation -> {
                    Quote quote = quotes.get(place(citation));
                    return quote == null ? citation : citation.saying(quote.title(), quote.heading(), quote.text());
                })
                .toList();
    }

    private static List<Place> places(List<Citation> citations) {
        return citations.stream().map(KnowledgeForAgents::place).toList();
    }

    private static Place place(Citation citation) {
        return new Place(
                UUID.fromString(citation.knowledgeId()),
                citation.version(),
                citation.position(),
                citation.start(),
                citation.end());
    }
}
