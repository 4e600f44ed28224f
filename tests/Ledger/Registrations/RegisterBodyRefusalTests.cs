namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why a body is not registered.</summary>
public sealed class RegisterBodyRefusalTests
{
    internal static readonly RefusalTable<RegisterBody, RegisterBodyRefusal> Table = new RefusalTable<RegisterBody, RegisterBodyRefusal>(stage =>
            new(stage.Council, Registering("forum-2")))
        .Row(RegisterBodyRefusal.RegistrationMalformed, "an id with a dot", With(body => body.Body = "forum.2"))
        .Row(RegisterBodyRefusal.RegistrationMalformed, "no name", With(body => body.OfficialName = ""))
        .Row(RegisterBodyRefusal.RegistrationMalformed, "no tier", With(body => body.Tier = Tier.Unspecified))
        .Row(RegisterBodyRefusal.RegistrationMalformed, "a tier that there is not", With(body => body.Tier = (Tier)5))
        .Row(RegisterBodyRefusal.RegistrationMalformed, "no legal form", With(body => body.LegalForm = LegalForm.Unspecified))
        .Row(RegisterBodyRefusal.RegistrationMalformed, "a legal form that there is not", With(body => body.LegalForm = (LegalForm)99))
        .Row(RegisterBodyRefusal.RegistrationMalformed, "no epoch", With(body => body.Epoch = 0))
        .Row(RegisterBodyRefusal.RegistrationMalformed, "a key of 31 bytes", With(body => body.PublicKey = Google.Protobuf.ByteString.CopyFrom(new byte[31])))
        .Row(RegisterBodyRefusal.RegistrationMalformed, "no identifier of an organisation", With(body => body.Organisations.Add("1234567")))
        .Row(RegisterBodyRefusal.RegistrationMalformed, "an organisation twice, in other letters", With(body => body.Organisations.Add(["GB-COH-SC123456", "GB-COH-sc123456"])))
        .Row(RegisterBodyRefusal.RegistrationMalformed, "nine organisations", With(body => body.Organisations.Add(Enumerable.Range(1, 9).Select(i => $"GB-CHC-{i}"))))
        .Row(RegisterBodyRefusal.RegistersItself, "the body itself", With(body => body.Body = "E06000001"))
        .Row(RegisterBodyRefusal.TierNotBelow, "a body of the same tier", With(body => body.Tier = Tier.Council))
        .Row(RegisterBodyRefusal.TierNotBelow, "a body of a tier above", With(body => body.Tier = Tier.CentralGovernment))
        .Row(RegisterBodyRefusal.OriginContradicts, "the origin of another federation", With(body => body.Origin = "elsewhere/forum-2/1"))
        .Row(RegisterBodyRefusal.OriginContradicts, "the origin of another epoch", With(body => body.Epoch = 2))
        .Row(RegisterBodyRefusal.AlreadyRegistered, "a body that is registered", (Stage stage, RegisterBody command) =>
        {
            stage.Council.Do(Registering("forum-2", "another key"));
            return command;
        })
        .Row(RegisterBodyRefusal.KeyInUse, "a key that another body has", (Stage stage, RegisterBody command) =>
        {
            stage.Council.Do(Registering("forum-3", "forum-2"));
            return command;
        })
        .Row(RegisterBodyRefusal.KeyInUse, "the key of the body that registers it", With(body => body.PublicKey = Write.Key("E06000001")))
        .Both("no legal form", "the body itself")
        .Both("no name", "a body of the same tier")
        .Both("the body itself", "a body of the same tier")
        .Both("the body itself", "the origin of another federation")
        .Both("a body of the same tier", "the origin of another federation")
        .Both("a body of a tier above", "a body that is registered")
        .Both("the origin of another epoch", "a body that is registered")
        .Both("the origin of another federation", "a key that another body has")
        .Both("a body that is registered", "a key that another body has");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void RegisterBody_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void RegisterBody_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();

    internal static RegisterBody Registering(string id, string? key = null) => new(new BodyRegistered
    {
        Body = id,
        OfficialName = "Example Neighbourhood Forum",
        Tier = Tier.NeighbourhoodForum,
        LegalForm = LegalForm.Charity,
        Epoch = 1,
        Origin = Names.Origin("test", id, 1),
        PublicKey = Write.Key(key ?? id),
    });

    private static Func<RegisterBody, RegisterBody> With(Action<BodyRegistered> breaks) => command =>
    {
        var registration = command.Registration.Clone();
        breaks(registration);
        return new RegisterBody(registration);
    };
}
