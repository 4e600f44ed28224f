using FundingFlows.Contracts.Registry.V1;

namespace FundingFlows.Tiers;

/// <summary>Reads requests about registrations.</summary>
internal static class RegistrationRequests
{
    private const int MostOrigin = 120;
    private const int MostTakers = 256;

    public static Draft Read(RegisterBodyRequest request)
    {
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var registration = KnownFields(request.Registration ?? new BodyRegistered());
        fields.Body("registration.body", registration.Body);
        fields.Check(Names.IsLabel(registration.OfficialName), "registration.official_name", "must be 1 to 100 characters.");
        fields.Check(registration.Tier != Tier.Unspecified && Enum.IsDefined(registration.Tier), "registration.tier", "must be one of the four tiers.");
        fields.Check(registration.LegalForm != LegalForm.Unspecified && Enum.IsDefined(registration.LegalForm), "registration.legal_form", "must be named.");
        fields.Check(registration.Epoch >= 1, "registration.epoch", "must be 1 or more.");
        fields.Check(registration.Origin.Length is >= 1 and <= MostOrigin, "registration.origin", "must be written federation/body/epoch.");
        fields.Check(registration.PublicKey.Length == 32, "registration.public_key", "must be an Ed25519 public key of 32 bytes.");
        fields.Check(
            Names.AreOrganisations(registration.Organisations), "registration.organisations",
            $"must be at most {Names.MostOrganisations} organisation identifiers, each once, for example GB-CHC-1234567.");
        fields.ThrowIfAny();
        return Draft.Of(id, new RegisterBodyRequest { Body = request.Body, CommandId = request.CommandId, Registration = registration }, new RegisterBody(registration));
    }

    public static Draft Read(RotateKeyRequest request)
    {
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var registered = fields.Body("registered", request.Registered);
        fields.Check(request.PublicKey.Length == AdoptedKey.Bytes, "public_key", $"must be an Ed25519 public key of {AdoptedKey.Bytes} bytes.");
        fields.Check(request.FromIndex is >= 1 and <= long.MaxValue, "from_index", "must be the entry that adopted the key, from 1.");
        fields.ThrowIfAny();
        return Draft.Of(id, request, new RotateKey(registered, request.PublicKey, (long)request.FromIndex));
    }

    public static Draft Read(OrderSuccessionRequest request)
    {
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var predecessor = fields.Body("predecessor", request.Predecessor);
        fields.Check(request.Successors.Count is >= 1 and <= Succession.MostSuccessors, "successors", $"must be 1 to {Succession.MostSuccessors} of them.");
        for (var i = 0; i < request.Successors.Count; i++)
        {
            fields.Body($"successors[{i}].body", request.Successors[i].Body);
            fields.Check(
                request.Successors[i].BasisPoints is >= 1 and <= Succession.WholeInBasisPoints, $"successors[{i}].basis_points",
                $"must be 1 to {Succession.WholeInBasisPoints} hundredths of a per cent.");
        }
        var day = fields.Date("vesting_day", request.VestingDay);
        fields.ThrowIfAny();
        var successors = request.Successors.Select(one => new Successor { Body = one.Body, BasisPoints = one.BasisPoints }).ToList();
        return Draft.Of(id, request, new OrderSuccession(predecessor, successors, day));
    }

    public static Draft Read(HandOverRequest request)
    {
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        fields.Check(request.Takers.Count <= MostTakers, "takers", $"must be at most {MostTakers}.");
        for (var i = 0; i < Math.Min(request.Takers.Count, MostTakers); i++)
        {
            var taker = request.Takers[i];
            fields.Check(Names.IsBody(taker.Thing) || EntryId.TryParse(taker.Thing, out _), $"takers[{i}].thing", "must be the id of a body, or a project as body.epoch.index.");
            fields.Body($"takers[{i}].successor", taker.Successor);
        }
        fields.ThrowIfAny();
        return Draft.Of(id, request, new HandOver([.. request.Takers.Select(taker => (taker.Thing, taker.Successor))]));
    }

    /// <summary>Without what this version does not know, which would stand in the journal unread.</summary>
    private static BodyRegistered KnownFields(BodyRegistered registration) => new()
    {
        Body = registration.Body,
        OfficialName = registration.OfficialName,
        Tier = registration.Tier,
        LegalForm = registration.LegalForm,
        Epoch = registration.Epoch,
        Origin = registration.Origin,
        PublicKey = registration.PublicKey,
        Organisations = { registration.Organisations },
    };
}
