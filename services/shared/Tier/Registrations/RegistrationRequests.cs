using FundingFlows.Contracts.Registry.V1;

namespace FundingFlows.Tiers;

/// <summary>Reads requests about registrations.</summary>
internal static class RegistrationRequests
{
    private const int MostOrigin = 120;

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
    };
}
