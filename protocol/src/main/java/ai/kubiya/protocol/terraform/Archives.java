package ai.kubiya.protocol.terraform;

/**
 * The archives (zip) that carry what is large. Their first entry is a message in JSON that says what the others are for, so
 * that an archive can be read while it arrives.
 */
public final class Archives {
    /** Media type of both. */
    public static final String TYPE = "application/zip";

    /** First entry of the answer to {@code terraform/job}: a {@link TerraformWork}. */
    public static final String WORK = "work.json";

    /** Begins the names of the files of the code. */
    public static final String CODE = "code/";

    /** First entry of the request of {@code terraform/report}: a {@link TerraformReport}. */
    public static final String REPORT = "report.json";

    /** The plan as Terraform saved it. */
    public static final String PLAN = "plan.tfplan";

    /** The dependency lock file that goes with it; absent when the code uses no providers. */
    public static final String LOCK = "plan.lock.hcl";

    /** The plan as Terraform's JSON. */
    public static final String DOCUMENT = "plan.json";

    /** What a runner says of itself that understands all this. */
    public static final String CAPABILITY = "terraform";

    private Archives() {}
}
