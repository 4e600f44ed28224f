namespace FundingFlows.Ledger.Tests;

/// <summary>A body that is registered is known by what was written of it.</summary>
public sealed class RegistrationTests
{
    [Fact]
    public void Body_Registered_IsKnownByItsId()
    {
        var stage = new Stage();
        var (second, first) = (RegisterBodyRefusalTests.Registering("forum-3"), RegisterBodyRefusalTests.Registering("forum-2"));

        stage.Council.Do(second);
        stage.Council.Do(first);

        Assert.Equal([first.Registration, second.Registration], stage.Council.Books.Registrations.Values.Select(registrant => registrant.Registration));
    }

    [Fact]
    public void Body_OfAnyTierBelow_CanBeRegistered()
    {
        var stage = new Stage();

        foreach (var tier in new[] { Tier.CombinedAuthority, Tier.Council, Tier.NeighbourhoodForum })
        {
            var registration = RegisterBodyRefusalTests.Registering($"body-{(int)tier}").Registration;
            registration.Tier = tier;
            stage.Government.Do(new RegisterBody(registration));
        }

        Assert.Equal(3, stage.Government.Books.Registrations.Count);
    }
}
