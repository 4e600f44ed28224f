namespace FundingFlows.Tiers;

/// <summary>What a person may be at a body. Roles are held at a body, never everywhere.</summary>
public enum Role
{
    /// <summary>Prepares and records.</summary>
    Preparer,

    /// <summary>Approves what others prepared: awards, releases, repayments.</summary>
    Approver,

    /// <summary>
    /// Answers for the body's money: section 151 of the Local Government Act 1972 at a council, section 73 of the Local Government
    /// Act 1985 at a combined authority, section 127 of the Greater London Authority Act 1999 there.
    /// </summary>
    ChiefFinanceOfficer,

    /// <summary>Of a forum: what a chief finance officer is elsewhere.</summary>
    Treasurer,

    /// <summary>Of a forum: what an approver is elsewhere.</summary>
    Chair,

    /// <summary>Lives in the area of a forum.</summary>
    Resident,

    /// <summary>Looks at everything and changes nothing.</summary>
    Auditor,
}

/// <summary>How roles are written in tokens: claim <c>roles</c>, values <c>body:role</c>.</summary>
public static class Roles
{
    public const string Claim = "roles";

    /// <summary>For example <c>E06000047:chief-finance-officer</c>.</summary>
    public static string Written(string body, Role role) => $"{body}:{Name(role)}";

    public static string Name(Role role) => role switch
    {
        Role.Preparer => "preparer",
        Role.Approver => "approver",
        Role.ChiefFinanceOfficer => "chief-finance-officer",
        Role.Treasurer => "treasurer",
        Role.Chair => "chair",
        Role.Resident => "resident",
        Role.Auditor => "auditor",
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };

    /// <summary>
    /// The roles that serve where one is asked for: a forum's treasurer and chair do what officers do elsewhere. At other bodies they
    /// do not: there the law names the officer who answers for the money.
    /// </summary>
    public static IEnumerable<Role> ThatServeAs(Role role, Tier tier) => (role, tier) switch
    {
        (Role.ChiefFinanceOfficer, Tier.NeighbourhoodForum) => [Role.ChiefFinanceOfficer, Role.Treasurer],
        (Role.Approver, Tier.NeighbourhoodForum) => [Role.Approver, Role.Chair],
        _ => [role],
    };
}
