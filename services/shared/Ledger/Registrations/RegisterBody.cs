namespace FundingFlows.Ledger;

/// <summary>Why a body is not registered, in the order in which the rules are checked.</summary>
public enum RegisterBodyRefusal
{
    /// <summary>Its id, name, tier, legal form, epoch, origin, key or one of its identifiers as an organisation has a wrong form.</summary>
    [Refuses(RefusalClass.Malformed)] RegistrationMalformed = 1,

    /// <summary>A body does not vouch for itself.</summary>
    [Refuses(RefusalClass.Rule)] RegistersItself,

    /// <summary>A body vouches only for bodies of the tiers below its own.</summary>
    [Refuses(RefusalClass.Rule)] TierNotBelow,

    /// <summary>The origin is not that of this federation, body and epoch.</summary>
    [Refuses(RefusalClass.Rule)] OriginContradicts,

    /// <summary>This body has registered it already.</summary>
    [Refuses(RefusalClass.Rule)] AlreadyRegistered,

    /// <summary>Another body has that key: one that is registered here, or this one itself.</summary>
    [Refuses(RefusalClass.Rule)] KeyInUse,
}

/// <summary>This body vouches for another: from here on that body's key is known.</summary>
public sealed record RegisterBody(BodyRegistered Registration) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (!IsWellFormed())
            return Decision.Refuse(RegisterBodyRefusal.RegistrationMalformed, "The registration cannot be read: check id, name, tier, legal form, epoch, origin, key and organisation identifiers.");
        if (Registration.Body == books.Body)
            return Decision.Refuse(RegisterBodyRefusal.RegistersItself, $"{books.Body} cannot vouch for itself.");
        if (Registration.Tier <= books.Tier)
            return Decision.Refuse(RegisterBodyRefusal.TierNotBelow, $"{books.Body} vouches only for bodies of the tiers below its own.", ("tier", $"{Registration.Tier}"));
        var origin = Names.Origin(books.Federation, Registration.Body, Registration.Epoch);
        if (Registration.Origin != origin)
            return Decision.Refuse(RegisterBodyRefusal.OriginContradicts, $"The origin of its journal is {origin}, and not what was given.", ("origin", origin));
        if (books.Registrations.ContainsKey(Registration.Body))
            return Decision.Refuse(RegisterBodyRefusal.AlreadyRegistered, $"{books.Body} has registered {Registration.Body} already.", ("body", Registration.Body));
        if (books.Registrations.Values.FirstOrDefault(other => other.HasKey(Registration.PublicKey)) is { } holder)
            return KeyInUse(holder.Registration.Body);
        if (books.Keys.Any(key => key.PublicKey.Equals(Registration.PublicKey)))
            return KeyInUse(books.Body);
        return Decision.Accept(new Fact { BodyRegistered = Registration });
    }

    private static Decision KeyInUse(string holder) =>
        Decision.Refuse(RegisterBodyRefusal.KeyInUse, $"{holder} has that key; each body has its own.", ("body", holder));

    private bool IsWellFormed() =>
        Names.IsBody(Registration.Body) && Names.IsLabel(Registration.OfficialName)
        && Registration.Tier != Tier.Unspecified && Enum.IsDefined(Registration.Tier)
        && Registration.LegalForm != LegalForm.Unspecified && Enum.IsDefined(Registration.LegalForm)
        && Registration.Epoch >= 1 && Registration.PublicKey.Length == 32 && Names.AreOrganisations(Registration.Organisations);
}
