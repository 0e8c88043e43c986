package ai.kubiya.server;

import ai.kubiya.server.audit.RepeatedEntries;
import ai.kubiya.server.http.Routes;
import ai.kubiya.server.policy.Policies;
import ai.kubiya.server.policy.PolicyCompatRoutes;
import ai.kubiya.server.policy.PolicyRoutes;
import ai.kubiya.server.policy.PolicyService;
import ai.kubiya.server.policy.expression.ExpressionCompiler;
import ai.kubiya.server.user.IdentityChanges;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Policies, wired. */
final class PolicyParts {
    /** Asked by every feature that does something which policies decide on. */
    final Policies policies;

    private final PolicyService service;

    /** @param hearing whether changes of other servers would be heard now */
    PolicyParts(Foundation foundation, IdentityChanges identities, BooleanSupplier hearing, RepeatedEntries repeated) {
        ExpressionCompiler compiler = new ExpressionCompiler();
        policies = new Policies(foundation.database, compiler, identities, hearing, repeated, foundation.clock);
        service = new PolicyService(foundation.database, compiler, identities, foundation.audit, foundation.clock);
    }

    List<Routes> routes() {
        return List.of(new PolicyRoutes(service), new PolicyCompatRoutes(service));
    }
}
